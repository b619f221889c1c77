import { sleep } from 'n8n-workflow';

import { startSandbox } from '../support/sandbox';
import type { Sandbox } from '../support/sandboxTypes';
import { Calls, type GmiRecord } from './calls';

let sandbox: Sandbox;
let calls: Calls;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 0 });
	calls = new Calls(sandbox);
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => await sandbox.stop());

const idsOf = (requests: GmiRecord[]) => requests.map(({ request_id: id }) => id);

async function submitted(count: number, model = 'Veo3'): Promise<string[]> {
	const ids = [];
	for (let number = 0; number < count; number++) {
		ids.push((await calls.submit(model, { prompt: `number ${number}` })).body.request_id);
	}
	return ids;
}

describe('the list', () => {
	it('is newest first, with payload and outcome, of one model or of all', async () => {
		const ids = await submitted(3);
		await submitted(1, 'Luma-Ray2');
		const { requests, total } = await calls.list('?model_id=Veo3');
		expect(idsOf(requests)).toEqual([...ids].reverse());
		expect(total).toBe(3);
		expect(requests[0].payload).toEqual({ prompt: 'number 2' });
		expect(requests[0].outcome).toHaveProperty('video_url');
		expect((await calls.list()).requests).toHaveLength(4);
	});

	it.each([
		['total', { total: 3 }],
		['has_more', { has_more: true }],
		['both', { total: 3, has_more: true }],
		['neither', {}],
	] as const)('comes in the envelope %s', async (listEnvelope, rest) => {
		await submitted(3);
		await sandbox.configure({ listEnvelope });
		const { requests, ...envelope } = await calls.list('?limit=2');
		expect(requests).toHaveLength(2);
		expect(envelope).toEqual(rest);
	});

	it('pages by limit and offset, with a cap', async () => {
		await sandbox.addHistory({ count: 250 });
		expect((await calls.list()).requests).toHaveLength(20);
		const pages = [];
		for (const offset of [0, 100, 200, 300]) {
			pages.push((await calls.list(`?limit=500&offset=${offset}`)).requests);
		}
		expect(pages.map((page) => page.length)).toEqual([100, 100, 50, 0]);
		expect(new Set(idsOf(pages.flat())).size).toBe(250);
	});

	it.each(['oldest', 'shuffled'] as const)('can be %s', async (listOrder) => {
		const ids = await submitted(8);
		await sandbox.configure({ listOrder });
		const listed = idsOf((await calls.list()).requests);
		if (listOrder === 'oldest') expect(listed).toEqual(ids);
		else expect(listed).not.toEqual(ids);
		expect([...listed].sort()).toEqual([...ids].sort());
		expect(idsOf((await calls.list()).requests)).toEqual(listed);
	});

	it('can lag behind the submits', async () => {
		await sandbox.configure({ listLagMs: 150 });
		await submitted(1);
		expect((await calls.list()).requests).toHaveLength(0);
		await sleep(170);
		expect((await calls.list()).requests).toHaveLength(1);
	});

	it('can leave the outcome out', async () => {
		await sandbox.configure({ listOmitsOutcome: true });
		await submitted(1);
		expect((await calls.list()).requests[0]).not.toHaveProperty('outcome');
	});

	it('has what the web console made, though a GET does not find it', async () => {
		const id = await sandbox.addRequest({ source: 'console', model: 'Veo3' });
		expect(idsOf((await calls.list()).requests)).toEqual([id]);
		expect((await calls.get(`/requests/${id}`)).status).toBe(404);
	});

	it('stays quick with ten thousand old requests', async () => {
		await sandbox.addHistory({ count: 10_000, spacingMs: 1000 });
		await calls.list('?limit=100');
		const start = Date.now();
		for (let page = 0; page < 10; page++)
			await calls.list(`?model_id=sora-2-pro&limit=100&offset=${page * 100}`);
		expect((Date.now() - start) / 10).toBeLessThan(50);
	});
});
