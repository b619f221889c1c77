import { generate, MODEL, prompts } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';

const QUICK = { options: { pollInterval: 0.2 }, downloadOutput: false };

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 300 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

const SHAPES = [
	'string',
	'object',
	'outcome-message',
	'outcome-reason',
	'outcome-status',
	'top-error',
	'top-error-message',
	'top-reason',
	'top-message',
];

describe('a request that fails', () => {
	it.each(SHAPES)('says why, whatever shape the reason has (%s)', async (shape) => {
		await sandbox.plan({ ends: 'failed', shape, reason: 'the sea was too rough' });
		const { error } = await generate(sandbox, ['a paper boat'], { parameters: QUICK });
		const [{ id }] = await sandbox.requests();
		expect(error?.message).toMatch(/failed at GMI Cloud: .*the sea was too rough.* \[item 0\]$/);
		expect(error?.description).toContain(id);
		expect(error?.description).toContain(MODEL);
	});

	it.each(['none', 'empty-outcome'])('says that no reason was given (%s)', async (shape) => {
		await sandbox.plan({ ends: 'failed', shape });
		const { error } = await generate(sandbox, ['a paper boat'], { parameters: QUICK });
		expect(error?.message).toMatch(/failed at GMI Cloud: no reason was given/);
	});

	it('ends the wait at once and lists every accepted request', async () => {
		await sandbox.configure({ durationMs: 60_000 });
		await sandbox.plan({ payload: 'boat 2', ends: 'failed', durationMs: 300, reason: 'too rough' });
		const began = Date.now();
		const { error, items } = await generate(sandbox, prompts(3), { parameters: QUICK });

		expect(Date.now() - began).toBeLessThan(8_000);
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/too rough \[item 1\]$/);
		for (const { id } of await sandbox.requests()) expect(error?.description).toContain(id);
		expect(error?.description).toMatch(/item 0: \S+ \(\w+\); item 2: \S+ \(\w+\)/);
	});

	it('keeps the good items complete and the id on the bad one when the node goes on', async () => {
		await sandbox.plan({ payload: 'boat 2', ends: 'failed', reason: 'too rough' });
		const { items, error } = await generate(sandbox, prompts(3), {
			parameters: { ...QUICK, downloadOutput: true },
			settings: { onError: 'continueRegularOutput' },
		});
		expect(error).toBeUndefined();
		const [first, second, third] = items;
		expect(first.binary?.data.mimeType).toBe('video/mp4');
		expect(third.binary?.data.mimeType).toBe('video/mp4');
		expect(second.binary).toBeUndefined();
		expect(second.json).toMatchObject({
			error: expect.stringMatching(/too rough/),
			request_id: (await sandbox.requests())[1].id,
			status: 'failed',
			model: MODEL,
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('goes to the error output with its id and the input item', async () => {
		await sandbox.plan({ payload: 'boat 2', ends: 'failed', reason: 'too rough' });
		const { outputs } = await generate(sandbox, prompts(3), {
			parameters: QUICK,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(outputs[0]).toHaveLength(2);
		expect(outputs[1]).toHaveLength(1);
		expect(outputs[1][0].json).toMatchObject({
			prompt: 'a paper boat 2',
			error: expect.stringMatching(/too rough/),
			request_id: (await sandbox.requests())[1].id,
		});
	});

	it('says when it was cancelled elsewhere', async () => {
		await sandbox.plan({ ends: 'cancelled' });
		const { error } = await generate(sandbox, ['a paper boat'], { parameters: QUICK });
		expect(error?.message).toMatch(/was cancelled at GMI Cloud/);
	});
});

describe('a request that takes too long', () => {
	const options = { pollInterval: 0.2, timeout: 0.02 };

	it('ends with its id at the time limit', async () => {
		await sandbox.configure({ durationMs: 60_000, firstStatus: 'dispatched' });
		await sandbox.plan({ firstStatus: 'processing', durationMs: 60_000 });
		const { error } = await generate(sandbox, ['a paper boat'], {
			parameters: { ...QUICK, options },
		});
		const [{ id }] = await sandbox.requests();
		expect(error?.message).toMatch(/still \w+ after [1-5] seconds?, which is the time limit/);
		expect(error?.description).toContain(id);
	});

	it('goes on with the request as it stands when asked to', async () => {
		await sandbox.configure({ durationMs: 60_000 });
		const { items } = await generate(sandbox, prompts(3), {
			parameters: { ...QUICK, options: { ...options, onTimeout: 'continue' } },
		});
		expect(items).toHaveLength(3);
		for (const { json } of items) {
			expect(json).toMatchObject({ model: MODEL, artifacts: [] });
			expect(['queued', 'dispatched', 'processing']).toContain(json.status);
		}
	});

	it('is called stalled when GMI never touched it', async () => {
		const { error } = await generate(sandbox, ['a red circle'], {
			parameters: {
				...QUICK,
				model: { __rl: true, mode: 'id', value: 'Flux2-Klein' },
				options,
			},
		});
		expect(error?.message).toMatch(
			/stalled: the model "Flux2-Klein" takes requests but has not started/,
		);
	});
});

it('emits request ids at once when it does not wait', async () => {
	await sandbox.configure({ durationMs: 60_000 });
	const { items } = await generate(sandbox, prompts(3), {
		parameters: { waitForCompletion: false },
	});
	const ids = (await sandbox.requests()).map(({ id }) => id);
	expect(items.map(({ json }) => json.request_id)).toEqual(ids);
	const { calls } = await sandbox.counters();
	expect(calls.get ?? 0).toBe(0);
	expect(calls.list ?? 0).toBe(0);
});

it.each([
	['unauthorized-401', 'submit', { cause: 'credential-invalid' }],
	['credits-402', 'submit', { cause: 'quota-exhausted' }],
	['wrong-host-405', 'submit', { cause: 'configuration-invalid' }],
	['rejected-400', 'submit', undefined],
] as const)('declares to n8n the cause that %s proves', async (name, endpoint, failure) => {
	await sandbox.inject({ name, endpoint, times: 'forever' });
	const { error } = await generate(sandbox, prompts(3), { parameters: QUICK });
	expect((error as { failure?: unknown }).failure).toEqual(failure);
});

it("declares a rate limit when it outlasts the run's patience", async () => {
	const spec = { name: 'rate-limit-429', endpoint: 'submit', retryAfterMs: 30_000 } as const;
	await sandbox.inject({ ...spec, times: 'forever' });
	const { error } = await generate(sandbox, prompts(3), {
		parameters: { ...QUICK, options: { timeout: 0.05 } },
	});
	expect(error).toMatchObject({
		message: expect.stringMatching(/accepts nothing for the model .* within the time limit/),
		failure: { cause: 'rate-limited', retryAfterMs: 30_000 },
	});
	expect((await sandbox.counters()).accepted).toBe(0);
});
