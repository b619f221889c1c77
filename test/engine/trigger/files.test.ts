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

describe('files', () => {
	it('brings them along, and keeps a request whose file cannot be had for the next poll', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL], downloadOutput: true });
		await bed.poll();
		const [good, bad] = [await add(), await add()];
		await sandbox.finish(good);
		const { outcome } = (await sandbox.finish(bad)) as { outcome: { video_url: string } };
		const path = new URL(outcome.video_url).pathname;
		await sandbox.inject({ name: 'storage-503', endpoint: 'artifact', path, times: 4 });

		const [item, ...none] = await bed.poll();
		expect(none).toEqual([]);
		expect(item.json.request_id).toBe(good);
		expect(item.binary?.data).toMatchObject({ mimeType: 'video/mp4' });
		const [late] = await bed.poll();
		expect(late.json.request_id).toBe(bad);
		expect(late.binary?.data.fileName).toBe(`${bad}.mp4`);
		expect(await bed.poll()).toEqual([]);
	}, 30_000);

	it('gives up on a file that is gone, not on the request', async () => {
		const bed = new TriggerBed(sandbox, { models: [MODEL], downloadOutput: true }, undefined, 2000);
		await bed.poll();
		const made = await add();
		await sandbox.finish(made);
		await sandbox.inject({ name: 'missing-artifact', endpoint: 'artifact', times: 'forever' });
		for (let i = 0; i < 4; i++) expect(await bed.poll()).toEqual([]);
		const [item] = await bed.poll();
		expect(item.json.request_id).toBe(made);
		expect(item.json.download_error).toEqual(expect.any(String));
		expect(item.binary).toBeUndefined();
	}, 60_000);

	it('asks for the outcome where the list leaves it out', async () => {
		await sandbox.configure({ listOmitsOutcome: true });
		const bed = new TriggerBed(sandbox, { models: [MODEL], downloadOutput: true });
		await bed.poll();
		const made = await add();
		await sandbox.finish(made);
		const [item] = await bed.poll();
		expect(item.binary?.data).toBeDefined();
	});
});
