import type { INodeExecutionData } from 'n8n-workflow';

import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { TriggerBed } from './triggerBed';

const MODEL = 'vidu-q3-pro-t2v';
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ defaultSeconds: 1, durationMs: null });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

const add = async (model = MODEL) => await sandbox.addRequest({ model, status: 'processing' });
const ids = (items: INodeExecutionData[]) => items.map(({ json }) => json.request_id);
const lists = async () => await sandbox.log({ endpoint: 'list' });

describe('GMI Video Trigger', () => {
	it.each([{ models: [] }, { models: [MODEL] }])(
		'tells each request once, and nothing of what was there before (%j)',
		async (parameters) => {
			await sandbox.addHistory({ model: MODEL, count: 30 });
			const running = await add();
			const bed = new TriggerBed(sandbox, parameters);
			expect(await bed.poll()).toEqual([]);

			const made = await add();
			await sandbox.finish(running);
			expect(ids(await bed.poll())).toEqual([running]);
			await sandbox.finish(made);
			const [item] = await bed.poll();
			expect(item.json).toMatchObject({ request_id: made, status: 'success', model: MODEL });
			expect(item.json.artifacts).toEqual(
				expect.arrayContaining([expect.objectContaining({ kind: 'video' })]),
			);
			expect(await bed.poll()).toEqual([]);
		},
	);

	it.each(['total', 'has_more', 'both', 'neither'] as const)(
		'reads lists that end with %s',
		async (listEnvelope) => {
			await sandbox.configure({ listEnvelope });
			await sandbox.addHistory({ model: MODEL, count: 250 });
			const bed = new TriggerBed(sandbox, { models: [MODEL] });
			await bed.poll();
			expect(await lists()).toHaveLength(3);
			const made = await add();
			await sandbox.finish(made);
			expect(ids(await bed.poll())).toEqual([made]);
		},
	);

	it.each(['oldest', 'shuffled'] as const)('reads lists that come %s', async (listOrder) => {
		await sandbox.configure({ listOrder });
		await sandbox.addHistory({ model: MODEL, count: 350 });
		const running = await add();
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await bed.poll();
		await sandbox.finish(running);
		expect(ids(await bed.poll())).toEqual([running]);
		expect(await bed.poll()).toEqual([]);
	});

	it('takes up to 3 calls a poll with 10,000 old requests', async () => {
		await sandbox.addHistory({ model: MODEL, count: 10_000, spacingMs: 60_000 });
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		for (let i = 0; i < 15; i++) await bed.poll();
		const made = await add();
		await bed.poll();
		await sandbox.clearLog();
		await bed.poll();
		await sandbox.finish(made);
		expect(ids(await bed.poll())).toEqual([made]);
		expect((await sandbox.log()).length).toBeLessThanOrEqual(2 * 3);
		expect(JSON.stringify(bed.state).length).toBeLessThan(2_000);
	}, 60_000);

	it('stops reading when half the time that n8n gives is over, and goes on in the next poll', async () => {
		await sandbox.addHistory({ model: MODEL, count: 600, spacingMs: 60_000, ageMs: 100_000 });
		const deep = await sandbox.addRequest({
			model: MODEL,
			status: 'processing',
			ageMs: 24_000_000,
		});
		await sandbox.inject({ name: 'delay', endpoint: 'list', delayMs: 300, times: 'forever' });
		const bed = new TriggerBed(sandbox, { models: [MODEL] }, undefined, 1_000);
		await bed.poll();
		expect((await lists()).length).toBeLessThanOrEqual(2);
		await sandbox.clearFaults();
		await bed.poll();
		await sandbox.finish(deep);
		expect(ids(await bed.poll())).toEqual([deep]);
	});

	it('tells chosen ends only', async () => {
		const made = [await add(), await add(), await add()];
		const bed = new TriggerBed(sandbox, { events: ['failed', 'cancelled'] });
		await bed.poll();
		await sandbox.finish(made[0], { status: 'success' });
		await sandbox.finish(made[1], { status: 'failed', reason: 'Too many kites' });
		await sandbox.finish(made[2], { status: 'cancelled' });
		expect(ids(await bed.poll()).sort()).toEqual(made.slice(1).sort());
	});

	it('has n8n notice what it learns, and only then', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await bed.poll();
		expect(bed.changed).toBe(true);
		bed.workflow.staticData.__dataChanged = false;
		await bed.poll();
		expect(bed.changed).toBe(false);
		await add();
		await bed.poll();
		expect(bed.changed).toBe(true);
	});

	it('goes on from what was stored, after a crash that lost quiet polls', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await bed.poll();
		const stored = bed.state;
		const made = await add();
		await bed.poll();
		await sandbox.finish(made);

		const after = new TriggerBed(sandbox, { models: [MODEL] }, stored);
		expect(ids(await after.poll())).toEqual([made]);
		const later = new TriggerBed(sandbox, { models: [MODEL] }, after.state);
		expect(await later.poll()).toEqual([]);
	});

	it('goes on from the poll at activation even when n8n drops what it learned', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await bed.poll();
		const made = await add();
		await sandbox.finish(made);
		const { id } = bed.workflow.nodes.Node;
		const next = new TriggerBed(sandbox, { models: [MODEL] }, undefined, undefined, id);
		expect(ids(await next.poll())).toEqual([made]);
		expect(await next.poll()).toEqual([]);
	});

	it('reads from a frozen copy: what n8n gave is never changed in place', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await bed.poll();
		const before = bed.workflow.getStaticData('node', bed.workflow.nodes.Node).follow;
		const copy = JSON.stringify(before);
		await sandbox.finish(await add());
		await bed.poll();
		expect(JSON.stringify(before)).toBe(copy);
	});
});

describe('a test by hand', () => {
	it('shows the request that ended last, and moves nothing', async () => {
		const old = await add();
		await sandbox.finish(old);
		const bed = new TriggerBed(sandbox, { downloadOutput: true });
		const [item] = await bed.poll('manual');
		expect(item.json.request_id).toBe(old);
		expect(item.binary?.data).toBeDefined();
		expect(bed.changed).toBe(false);
	});

	it('says clearly that there is none', async () => {
		await add();
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await expect(bed.poll('manual')).rejects.toThrow(
			`There is no recent request of ${MODEL} that ended with success`,
		);
	});
});
