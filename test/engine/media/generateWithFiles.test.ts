import type { INodeParameters } from 'n8n-workflow';

import { runGmiVideo } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { mp4, png } from '../../support/mediaFiles';
import { keepFilesOnDisk, removeFiles, storeFile } from './binaryStore';

let sandbox: Sandbox;
beforeAll(async () => {
	await keepFilesOnDisk();
	sandbox = await startSandbox();
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => {
	await sandbox.stop();
	removeFiles();
});

async function generate(model: string, content: Buffer, rows: INodeParameters[], items = 1) {
	const data = await storeFile(content, { mimeType: 'image/png', fileName: 'fox.png' });
	return await runGmiVideo(sandbox, {
		input: Array.from({ length: items }, () => ({ json: {}, binary: { data } })),
		parameters: {
			resource: 'video',
			operation: 'generate',
			model: { __rl: true, mode: 'id', value: model },
			prompt: 'a fox',
			waitForCompletion: false,
			mediaInputs: { input: rows },
		},
	});
}

describe('generate with media inputs', () => {
	it('sends the addresses of uploaded files and of URLs', async () => {
		const { error } = await generate(
			'seedance-2-0-fast-260128',
			png(640, 480),
			[
				{ parameter: 'reference_images', source: 'binary', binaryPropertyName: 'data' },
				{ parameter: 'reference_images', source: 'url', url: 'https://example.com/b.png' },
			],
			2,
		);
		expect(error).toBeUndefined();
		const uploads = await sandbox.uploads();
		expect(uploads).toHaveLength(1);
		const reference_images = [sandbox.storageUrl + uploads[0].path, 'https://example.com/b.png'];
		expect((await sandbox.requests()).map(({ payload }) => payload)).toEqual([
			{ prompt: 'a fox', reference_images },
			{ prompt: 'a fox', reference_images },
		]);
	});

	it.each([
		['sora-2-pro', 'input_reference', png(1280, 720), 'Set "size" to "1280x720"'],
		['kling-v2-6', 'image', mp4(), 'is a video file'],
		['kling-v2-6', 'imagee', png(400, 400), 'no parameter "imagee"'],
	])(
		'names what is wrong before anything is sent: %s %s',
		async (model, parameter, content, words) => {
			const { error } = await generate(model, content, [
				{ parameter, source: 'binary', binaryPropertyName: 'data' },
			]);
			expect(`${error?.message} ${error?.description}`).toContain(words);
			expect(await sandbox.log({ method: 'POST' })).toHaveLength(0);
			expect(await sandbox.uploads()).toHaveLength(0);
		},
	);
});
