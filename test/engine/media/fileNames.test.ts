import { GmiVideo } from '../../../nodes/GmiVideo/GmiVideo.node';
import { runNode } from '../../support/engine';
import { startHostileGmi } from '../../support/hostileGmi';
import { HOSTILE_NAMES } from '../../support/hostileNames';
import { keepFilesOnDisk, removeFiles } from './binaryStore';

let gmi: Awaited<ReturnType<typeof startHostileGmi>>;

beforeAll(async () => {
	await keepFilesOnDisk();
	gmi = await startHostileGmi(HOSTILE_NAMES);
});
afterAll(async () => {
	await gmi.stop();
	removeFiles();
});

it('gives files names of its own, whatever the service calls them', async () => {
	const { items, error } = await runNode({
		node: new GmiVideo(),
		credential: { apiKey: 'a-key', baseUrl: gmi.url },
		input: HOSTILE_NAMES.map((_, i) => ({ json: { request_id: String(i) } })),
		parameters: { resource: 'video', operation: 'download' },
		settings: { onError: 'continueRegularOutput' },
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(HOSTILE_NAMES.length);
	for (const [i, { json, binary = {} }] of items.entries()) {
		expect({ name: HOSTILE_NAMES[i], error: json.error }).toEqual({ name: HOSTILE_NAMES[i] });
		const files = Object.values(binary);
		expect(files.length).toBeGreaterThanOrEqual(1);
		const artifacts = json.artifacts as Array<{ fileName: string }>;
		for (const { fileName } of [...files, ...artifacts]) {
			expect(fileName).toMatch(/^[A-Za-z0-9_-]{1,100}\.[a-z0-9]{3,4}$/);
		}
	}
});
