import type { INodeExecutionData } from 'n8n-workflow';

import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { TriggerBed } from './triggerBed';

const MODEL = 'vidu-q3-pro-t2v';
const OTHER = 'kling-v2-6';
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ defaultSeconds: 1, durationMs: null });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

const add = async (model = MODEL) => await sandbox.addRequest({ model, status: 'processing' });
const ids = (items: INodeExecutionData[]) => items.map(({ json }) => json.request_id);

describe('trouble', () => {
	it.each([
		'bad-gateway-502',
		'rate-limit-429',
		'truncated',
		'malformed-json',
		'cloudflare-200',
		'json-null',
		'reset-after',
		'error-500',
	])('neither loses nor repeats after %s', async (name) => {
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await bed.poll();
		const made = await add();
		await bed.poll();
		await sandbox.finish(made);
		await sandbox.inject({ name, endpoint: 'list' });
		expect(await bed.poll()).toEqual([]);
		expect(ids(await bed.poll())).toEqual([made]);
		expect(await bed.poll()).toEqual([]);
	});

	it('tells of one model while the list of another cannot be read', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL, OTHER] });
		await bed.poll();
		const [made, hidden] = [await add(), await add(OTHER)];
		await sandbox.finish(made);
		await sandbox.finish(hidden);
		await sandbox.inject({ name: 'error-500', endpoint: 'list', model: OTHER });
		expect(ids(await bed.poll())).toEqual([made]);
		expect(ids(await bed.poll())).toEqual([hidden]);
	});

	it('says at activation that the key is refused, and remembers nothing', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await sandbox.inject({ name: 'unauthorized-401', endpoint: 'list' });
		await expect(bed.poll()).rejects.toThrow('GMI Cloud refused the API key');
		expect(bed.changed).toBe(false);
	});

	it('says at activation that the account refuses the list of all models', async () => {
		const bed = new TriggerBed(sandbox);
		await sandbox.inject({ name: 'forbidden-403', endpoint: 'list' });
		await expect(bed.poll()).rejects.toMatchObject({
			message: 'GMI Cloud does not list the requests of all models at once for this API key',
			description: expect.stringContaining('Choose the models') as string,
		});
	});

	it('tells a refusal at once, and goes on where it was afterwards', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await bed.poll();
		const made = await add();
		await sandbox.finish(made);
		await sandbox.inject({ name: 'unauthorized-401', endpoint: 'list' });
		await expect(bed.poll()).rejects.toThrow('refused the API key');
		expect(ids(await bed.poll())).toEqual([made]);
	});

	it('lets one poll run at a time', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL] });
		await bed.poll();
		const made = await add();
		await sandbox.finish(made);
		await sandbox.inject({ name: 'delay', delayMs: 300, endpoint: 'list' });
		const both = await Promise.all([bed.poll(), bed.poll()]);
		expect(both.map(ids)).toEqual([[made], []]);
	});

	it('leaves the events to the workflow that was activated meanwhile', async () => {
		const old = new TriggerBed(sandbox, { models: [MODEL] });
		await old.poll();
		const { id } = old.workflow.nodes.Node;
		const next = new TriggerBed(sandbox, { models: [MODEL] }, old.state, undefined, id);
		const made = await add();
		await sandbox.finish(made);
		await sandbox.inject({ name: 'delay', delayMs: 300, endpoint: 'list' });
		const both = await Promise.all([old.poll(), next.poll()]);
		expect(both.map(ids)).toEqual([[], []]);
		expect(ids(await next.poll())).toEqual([made]);
	});
});
