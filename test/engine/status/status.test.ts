import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { GmiVideoStatus } from '../../../nodes/GmiVideoStatus/GmiVideoStatus.node';
import { runNode, type EngineOptions, type EngineRun } from '../../support/engine';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';

const MODEL = 'vidu-q3-pro-t2v';
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ defaultSeconds: 1 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

type Options = Partial<EngineOptions> & { parameters?: INodeParameters };

async function status(items: object[], options: Options = {}): Promise<EngineRun> {
	return await runNode({
		node: new GmiVideoStatus(),
		credential: { apiKey: sandbox.key, baseUrl: sandbox.url, organizationId: '' },
		input: items.map((json) => ({ json }) as INodeExecutionData),
		...options,
		parameters: {
			requestId: '={{ $json.request_id }}',
			downloadOutput: false,
			...options.parameters,
		},
	});
}

const add = async (state: 'success' | 'failed' | 'cancelled' | 'processing', more = {}) =>
	await sandbox.addRequest({ model: MODEL, status: state, ageMs: 60_000, ...more });

const ids = (items: INodeExecutionData[]) => items.map(({ json }) => json.request_id);
const pairs = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);

describe('GMI Video Status', () => {
	it('sorts requests onto three outputs, each paired with its item', async () => {
		const done = await add('success');
		const open = await add('processing');
		const failed = await add('failed', { reason: 'The prompt names a celebrity' });
		const cancelled = await add('cancelled');
		const { outputs, error } = await status(
			[open, done, failed, cancelled].map((request_id) => ({ request_id })),
		);

		expect(error).toBeUndefined();
		expect(outputs.map(ids)).toEqual([[done], [open], [failed, cancelled]]);
		expect(outputs.map(pairs)).toEqual([[{ item: 1 }], [{ item: 0 }], [{ item: 2 }, { item: 3 }]]);
		expect(outputs[0][0].json.artifacts).toEqual(
			expect.arrayContaining([expect.objectContaining({ kind: 'video' })]),
		);
		expect(outputs[2][0].json.failure_reason).toBe('The prompt names a celebrity');
	});

	it('takes a comma-separated list and an array, and asks for each id once', async () => {
		const [a, b, c] = [await add('success'), await add('processing'), await add('success')];
		await sandbox.clearLog();
		const { outputs } = await status([
			{ request_id: `${a}, ${b}` },
			{ request_id: [b, c] },
			{ request_id: a },
		]);

		expect(outputs.map(ids)).toEqual([[a, c, a], [b, b], []]);
		expect(outputs.map(pairs)).toEqual([
			[{ item: 0 }, { item: 1 }, { item: 2 }],
			[{ item: 0 }, { item: 1 }],
			[],
		]);
		expect(await sandbox.log({ endpoint: 'get' })).toHaveLength(3);
	});

	it('reads 250 requests of one model from its list', async () => {
		const all = await sandbox.addHistory({ model: MODEL, count: 250, spacingMs: 1000 });
		await sandbox.clearLog();
		const { outputs, error } = await status(
			all.map((request_id) => ({ request_id, model: MODEL })),
		);

		expect(error).toBeUndefined();
		expect(ids(outputs[0]).sort()).toEqual([...all].sort());
		expect(await sandbox.log({ endpoint: 'list' })).toHaveLength(3);
		expect(await sandbox.log({ endpoint: 'get' })).toHaveLength(0);
	});

	it.each([
		['its item', { model: MODEL }, {}],
		['the options', {}, { options: { model: { __rl: true, mode: 'id', value: MODEL } } }],
	])('finds a console-made request when %s names the model', async (_, item, parameters) => {
		const id = await add('success', { source: 'console' });
		await sandbox.addHistory({ model: MODEL, count: 120, ageMs: 1000, spacingMs: 10 });
		const { outputs, error } = await status([{ request_id: id, ...item }], { parameters });

		expect(error).toBeUndefined();
		expect(outputs.map(ids)).toEqual([[id], [], []]);
	});

	it('ends with an unknown id in words, after looking up the rest', async () => {
		const done = await add('success');
		const { error } = await status([{ request_id: 'nobody-knows' }, { request_id: done }]);

		expect(error?.message).toContain('nobody-knows');
		expect(error?.message).toContain('[item 0]');
		expect(error?.description).toContain(`item 1: ${done} (success)`);
	});

	it('makes an unknown id an error of its item alone when it continues', async () => {
		const done = await add('success');
		const items = [{ request_id: `nobody-knows, ${done}` }, { request_id: done }];
		const { outputs, error } = await status(items, {
			settings: { onError: 'continueRegularOutput' },
		});

		expect(error).toBeUndefined();
		expect(outputs.map(ids)).toEqual([[done, done], [], ['nobody-knows']]);
		expect(outputs[2][0].json.error).toContain('does not know the request nobody-knows');
		expect(outputs[2][0].pairedItem).toEqual({ item: 0 });
	});

	it('sends an unknown id to the error output, and keeps failed requests on Failed', async () => {
		const failed = await add('failed', { shape: 'top-error', reason: 'Too many kites' });
		const { outputs } = await status([{ request_id: 'nobody-knows' }, { request_id: failed }], {
			settings: { onError: 'continueErrorOutput' },
		});

		expect(outputs.map((items) => items.length)).toEqual([0, 0, 1, 1]);
		expect(ids(outputs[2])).toEqual([failed]);
		expect(outputs[3][0].json.request_id).toBe('nobody-knows');
	});

	it('downloads the files of what is done, and of nothing else', async () => {
		const [done, open] = [await add('success'), await add('processing')];
		const { outputs } = await status([{ request_id: done }, { request_id: open }], {
			parameters: { downloadOutput: true, binaryPropertyName: 'film' },
		});

		expect(outputs[0][0].binary?.film).toMatchObject({ mimeType: 'video/mp4' });
		expect(outputs[1][0].binary).toBeUndefined();
		expect((await sandbox.counters()).calls.artifact).toBe(1);
	});

	it('is no second try of a run that went well', async () => {
		const failed = await add('failed');
		await sandbox.clearLog();
		await status([{ request_id: failed }], { settings: { retryOnFail: true, maxTries: 3 } });
		expect(await sandbox.log({ endpoint: 'get' })).toHaveLength(1);
	});

	it('rides out a passing fault', async () => {
		const done = await add('success');
		await sandbox.inject({ name: 'bad-gateway-502', endpoint: 'get' });
		const { outputs, error } = await status([{ request_id: done }]);
		expect(error).toBeUndefined();
		expect(ids(outputs[0])).toEqual([done]);
	});

	it('gives an agent everything on one output, small and without files', async () => {
		const [open, done] = [await add('processing'), await add('success')];
		const { outputs } = await status([{ request_id: [open, done] }], {
			settings: { type: 'test.gmiVideoStatusTool' },
			parameters: { downloadOutput: true },
		});

		expect(outputs.map(ids)).toEqual([[open, done], [], []]);
		expect(outputs[0][0].json.next_step).toContain('Still processing');
		expect(outputs[0].map(({ binary }) => binary)).toEqual([undefined, undefined]);
		expect(JSON.stringify(outputs[0]).length).toBeLessThan(1500);
	});

	it('names an item without any id', async () => {
		const { error } = await status([{ other: 1 }]);
		expect(error?.message).toBe('Request ID is empty [item 0]');
	});
});
