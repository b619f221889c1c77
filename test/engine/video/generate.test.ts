import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { generate, MODEL, prompts } from '../../support/generate';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 300, defaultSeconds: 2 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

describe('generate', () => {
	it.each([1, 3, 20])('makes %i videos with one submit each', async (count) => {
		const { items, error } = await generate(sandbox, prompts(count));

		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			prompts(count).map((_, item) => ({ item })),
		);
		for (const [i, { json, binary }] of items.entries()) {
			expect(json).toMatchObject({
				model: MODEL,
				status: 'success',
				payload: { prompt: `a paper boat ${i + 1}` },
				artifacts: [
					{ kind: 'video', fileName: `${String(json.request_id)}.mp4`, mimeType: 'video/mp4' },
					...[expect.objectContaining({ kind: 'thumbnail' })].slice(
						0,
						(json.artifacts as unknown[]).length - 1,
					),
				],
			});
			expect(binary?.data).toMatchObject({ mimeType: 'video/mp4', fileExtension: 'mp4' });
		}
		const { calls, accepted } = await sandbox.counters();
		expect(calls.submit).toBe(count);
		expect(accepted).toBe(count);
		expect(calls.artifact).toBe(count);
	});

	it('sends only what the user set', async () => {
		await generate(sandbox, ['a paper boat']);
		const [{ body }] = await sandbox.log({ endpoint: 'submit' });
		expect(body).toEqual({ model: MODEL, payload: { prompt: 'a paper boat' } });
	});
});
