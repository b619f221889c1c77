import type { INodeParameters } from 'n8n-workflow';

import { GmiVideo } from '../../../nodes/GmiVideo/GmiVideo.node';
import { runNode } from '../../support/engine';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';

let sandbox: Sandbox;
let key: string;
let account = 0;

beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(async () => {
	await sandbox.reset();
	key = `key-${account++}`;
	await sandbox.configure({ keys: [{ key, organization: 'org' }] });
});
afterAll(() => sandbox.stop());

async function run(operation: 'get' | 'getAll', parameters: INodeParameters, items = 1) {
	return await runNode({
		node: new GmiVideo(),
		input: Array.from({ length: items }, () => ({ json: { id: 'sora-2-pro' } })),
		parameters: { resource: 'model', operation, ...parameters },
		credential: { apiKey: key, baseUrl: sandbox.url },
	});
}

describe('model: get', () => {
	it('tells what a model takes, in plain form', async () => {
		const { items, error } = await run('get', {
			model: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		});
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			id: 'sora-2-pro',
			kind: 'video',
			promptParameter: 'prompt',
			price: { label: expect.stringContaining('$'), usd: expect.any(Number), unit: 'second' },
			examplePayload: { prompt: expect.any(String) },
		});
		expect(items[0].json.parameters).toContainEqual(
			expect.objectContaining({
				name: 'seconds',
				type: 'string',
				required: false,
				default: '8',
				allowed: ['4', '8', '12'],
			}),
		);
		expect(items[0].json.parameters).toContainEqual(
			expect.objectContaining({ name: 'input_reference', takesFile: 'image' }),
		);
	});

	it("gives GMI's own details when not simplified", async () => {
		const { items } = await run('get', {
			model: { __rl: true, mode: 'list', value: 'Veo3' },
			simplify: false,
		});
		const response = await fetch(`${sandbox.api}/models/Veo3`, {
			headers: { Authorization: `Bearer ${key}` },
		});
		expect(items[0].json).toEqual(await response.json());
	});

	it('asks once for one model in many items', async () => {
		const { items } = await run(
			'get',
			{ model: { __rl: true, mode: 'id', value: 'Luma-Ray2' } },
			20,
		);
		expect(items).toHaveLength(20);
		expect((await sandbox.counters()).calls).toEqual({ model: 1 });
	});

	it('names a model it cannot find, and the nearest', async () => {
		const { error } = await run('get', { model: { __rl: true, mode: 'id', value: 'sora-2-por' } });
		expect(error?.message).toMatch(/does not know the model "sora-2-por".*\[item 0\]/);
		expect(error?.description).toContain('The nearest in the list is "sora-2-pro".');
	});

	it('asks for a model when an expression gives none', async () => {
		const { error } = await run('get', {
			model: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' },
		});
		expect(error?.message).toBe('No model is chosen [item 0]');
	});
});

describe('model: get many', () => {
	it('lists models up to the limit, video first', async () => {
		const { items } = await run('getAll', { limit: 5 });
		expect(items.map(({ json }) => json.kind)).toEqual(Array(5).fill('video'));
	});

	it('filters by kind and words', async () => {
		const { items } = await run('getAll', {
			returnAll: true,
			filters: { kind: 'image', nameContains: '5.0 SEEDREAM' },
		});
		expect(items.map(({ json }) => json)).toEqual([
			{ id: 'seedream-5.0-lite', name: 'seedream-5.0-lite', kind: 'image' },
		]);
	});

	it('leaves out internal models unless asked', async () => {
		const id = '5f0c7a1e-93b4-4d28-8e61-0ab9c4d7f352';
		const ids = async (filters: INodeParameters) =>
			(await run('getAll', { returnAll: true, filters })).items.map(({ json }) => json.id);
		expect(await ids({})).not.toContain(id);
		expect(await ids({ includeUnlisted: true })).toContain(id);
	});
});
