import { generate, prompts } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
const QUICK = { options: { pollInterval: 0.2 }, downloadOutput: false };

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 300 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

describe("n8n's Retry On Fail", () => {
	it('takes over what the first try got accepted when a check fails for good', async () => {
		await sandbox.inject({ name: 'unauthorized-401', endpoint: 'get', times: 3 });
		await sandbox.inject({ name: 'unauthorized-401', endpoint: 'list', times: 3 });
		const { items, error } = await generate(sandbox, prompts(3), {
			parameters: QUICK,
			settings: RETRY,
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3);
		expect((await sandbox.counters()).calls.submit).toBe(3);
	});

	it('sends again only what failed at GMI', async () => {
		await sandbox.plan({ payload: 'boat 2', ends: 'failed', reason: 'too rough' });
		const { items, error } = await generate(sandbox, prompts(3), {
			parameters: QUICK,
			settings: RETRY,
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.status)).toEqual(['success', 'success', 'success']);
		expect((await sandbox.counters()).acceptedByModel).toEqual({ 'vidu-q3-pro-t2v': 4 });
	});

	it('does so too when the node goes on after a fail, which n8n retries by its first item', async () => {
		await sandbox.plan({ payload: 'boat 1', ends: 'failed', reason: 'too rough' });
		const { items } = await generate(sandbox, prompts(3), {
			parameters: QUICK,
			settings: { ...RETRY, onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => json.status)).toEqual(['success', 'success', 'success']);
		expect((await sandbox.counters()).accepted).toBe(4);
	});

	it('never sends again what may have been accepted', async () => {
		await sandbox.inject({
			name: 'reset-after',
			endpoint: 'submit',
			model: 'wan2.7-i2v',
			times: 9,
		});
		const { error } = await generate(sandbox, ['a paper boat'], {
			parameters: {
				...QUICK,
				model: { __rl: true, mode: 'id', value: 'wan2.7-i2v' },
				parametersJson: '{ "first_frame": "https://example.com/boat.png" }',
			},
			settings: { ...RETRY, maxTries: 2 },
		});
		expect((await sandbox.counters()).calls.submit).toBe(1);
		const [{ id, payload }] = await sandbox.requests();
		if (error) expect(error.description).toContain(id);
		expect(payload).toMatchObject({ prompt: 'a paper boat' });
	}, 90_000);
});

describe('Reuse Within', () => {
	const reuse = { parameters: { ...QUICK, options: { pollInterval: 0.2, reuseWithin: 10 } } };

	it('takes over identical requests of an earlier execution, each once', async () => {
		await generate(sandbox, ['boat', 'boat', 'cloud'], {
			parameters: { waitForCompletion: false },
		});
		const { items } = await generate(sandbox, ['boat', 'boat', 'boat', 'cloud', 'rain'], reuse);

		expect((await sandbox.counters()).accepted).toBe(5);
		const ids = items.map(({ json }) => json.request_id);
		expect(new Set(ids).size).toBe(5);
		expect(items.map(({ json }) => (json.payload as { prompt: string }).prompt)).toEqual([
			'boat',
			'boat',
			'boat',
			'cloud',
			'rain',
		]);
	});

	it('does not take over what failed, is too old, or has other parameters', async () => {
		await sandbox.addRequest({
			payload: { prompt: 'boat' },
			model: 'vidu-q3-pro-t2v',
			status: 'failed',
		});
		await sandbox.addRequest({
			payload: { prompt: 'boat' },
			model: 'vidu-q3-pro-t2v',
			status: 'success',
			ageMs: 3_600_000,
		});
		await sandbox.addRequest({
			payload: { prompt: 'boat', duration: 8 },
			model: 'vidu-q3-pro-t2v',
			status: 'success',
		});
		await generate(sandbox, ['boat'], reuse);
		expect((await sandbox.counters()).calls.submit).toBe(1);
	});

	it('sends nothing when the list cannot be searched', async () => {
		await sandbox.inject({ name: 'bad-gateway-502', endpoint: 'list', times: 'forever' });
		const { error } = await generate(sandbox, ['boat'], reuse);
		expect(error?.description).toMatch(/nothing was sent for this item/);
		expect((await sandbox.counters()).calls.submit ?? 0).toBe(0);
	});
});
