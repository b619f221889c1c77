import type { INodeParameters } from 'n8n-workflow';

import { MODEL, runGmiVideo } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { AddSpec, Sandbox } from '../../support/sandboxTypes';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 400 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

const model = { __rl: true, mode: 'id', value: MODEL };

async function run(operation: string, ids: string[], parameters: INodeParameters = {}) {
	return await runGmiVideo(sandbox, {
		input: ids.map((request_id) => ({ json: { request_id } })),
		parameters: {
			resource: 'video',
			operation,
			requestId: '={{ $json.request_id }}',
			options: { pollInterval: 0.2 },
			...parameters,
		},
	});
}

async function add(spec: AddSpec = {}) {
	return await sandbox.addRequest({ model: MODEL, payload: { prompt: 'a boat' }, ...spec });
}

describe('get', () => {
	it('gives each request as it stands', async () => {
		const ids = [await add({ status: 'success' }), await add({ status: 'failed' }), await add()];
		const { items } = await run('get', ids);
		expect(items.map(({ json }) => json.request_id)).toEqual(ids);
		expect(items[0].json).toMatchObject({
			status: 'success',
			artifacts: [{ kind: 'video' }, ...(items[0].json.artifacts as unknown[]).slice(1)],
		});
		expect(items[0].binary).toBeUndefined();
	});

	it('names an unknown or missing id', async () => {
		const { error } = await run('get', ['c0ffee00-0000-4000-8000-000000000000']);
		expect(error?.message).toMatch(/does not know this request.*\[item 0\]/);
		expect(error?.description).toContain('c0ffee00');
		expect((await run('get', [''])).error?.message).toMatch(/Request ID is empty \[item 0\]/);
	});
});

describe('wait', () => {
	it('waits for requests made elsewhere and brings their files, in input order', async () => {
		const ids = [
			await add({ status: 'queued' }),
			await add({ status: 'success' }),
			await add({ status: 'processing' }),
		];
		for (const [i, id] of ids.entries()) if (i !== 1) void sandbox.finish(id);
		const { items, error } = await run('wait', [...ids, ids[0]]);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.request_id)).toEqual([...ids, ids[0]]);
		expect(items.every(({ binary }) => binary?.data.mimeType === 'video/mp4')).toBe(true);
		expect((await sandbox.counters()).calls.submit ?? 0).toBe(0);
	});

	it('says when GMI does not know an id', async () => {
		const { error } = await run('wait', ['c0ffee00-0000-4000-8000-000000000000']);
		expect(error?.message).toMatch(
			/no longer tells how the video request stands: it does not know the ID/,
		);
	});
});

describe('download', () => {
	it('brings the files of a finished request into a field of choice', async () => {
		const ids = [
			await add({ status: 'success' }),
			await add({ status: 'success' }),
			await add({ status: 'success' }),
		];
		const { items } = await run('download', ids, { binaryPropertyName: 'clip' });
		expect(items.map(({ json }) => json.request_id)).toEqual(ids);
		for (const { binary } of items) expect(Object.keys(binary ?? {})).toEqual(['clip']);
	});

	it('says what to do when there is no file', async () => {
		const open = await run('download', [await add({ status: 'processing' })]);
		expect(open.error?.message).toMatch(/still processing/);
		expect(open.error?.description).toMatch(/Wait/);
		const failed = await run('download', [await add({ status: 'failed', reason: 'too rough' })]);
		expect(failed.error?.message).toMatch(/too rough/);
	});
});

describe('get many', () => {
	const list = async (parameters: INodeParameters) =>
		(await run('getAll', ['x'], { model, ...parameters })).items.map(({ json }) => json);

	it.each(['total', 'has_more', 'both', 'neither'] as const)(
		'reads every page of the list, newest first (%s)',
		async (listEnvelope) => {
			await sandbox.configure({ listEnvelope, listOrder: 'shuffled' });
			await sandbox.addHistory({ model: MODEL, count: 230, spacingMs: 60_000 });
			const all = await list({ returnAll: true });
			expect(all).toHaveLength(230);
			const times = all.map(({ created_at }) => created_at as number);
			expect(times).toEqual([...times].sort((a, b) => b - a));

			const some = await list({ returnAll: false, limit: 5 });
			expect(some.map(({ created_at }) => created_at)).toEqual(times.slice(0, 5));
		},
	);

	it('stops reading once it has enough of a list that comes newest first', async () => {
		await sandbox.addHistory({ model: MODEL, count: 1_000, spacingMs: 60_000 });
		expect(await list({ limit: 50 })).toHaveLength(50);
		expect((await sandbox.counters()).calls.list).toBe(1);
	});

	it('filters by status and time', async () => {
		await add({ status: 'success', ageMs: 10_000 });
		await add({ status: 'failed', ageMs: 20_000 });
		await add({ status: 'success', ageMs: 86_400_000 });
		const createdAfter = new Date(Date.now() - 3_600_000).toISOString();
		expect(
			await list({ returnAll: true, filters: { status: ['success'], createdAfter } }),
		).toHaveLength(1);
		expect(
			await list({ returnAll: true, filters: { status: ['failed', 'cancelled'] } }),
		).toHaveLength(1);
		const bad = await run('getAll', ['x'], { model, filters: { createdAfter: 'yesterday-ish' } });
		expect(bad.error?.message).toMatch(/Created After is not a date/);
	});
});
