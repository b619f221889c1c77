import { createHash } from 'crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { deliverMedia } from '../../../nodes/shared/media/inputs/delivery';
import { planMedia, type Delivery, type MediaInput } from '../../../nodes/shared/media/inputs/plan';
import { gmiQueue } from '../../../nodes/shared/queue/client';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { jpeg, png } from '../../support/mediaFiles';
import { keepFilesOnDisk, removeFiles, storeFile } from './binaryStore';
import { runInEngine } from './runInEngine';

const MIB = 1024 * 1024;

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

function sha256(content: Buffer) {
	return createHash('sha256').update(content).digest('hex');
}

/** What the media inputs of each item come to, worked out side by side. */
async function deliver(
	binaries: Array<INodeExecutionData['binary']>,
	inputs: MediaInput[],
	delivery: Delivery = 'auto',
) {
	async function execute(this: IExecuteFunctions) {
		const queue = await gmiQueue(this);
		const delivered = binaries.map(async (_, index) => {
			const { plan, problems } = await planMedia(this, index, undefined, inputs, {}, delivery);
			expect(problems).toEqual([]);
			return { json: await deliverMedia(this, queue, plan), pairedItem: { item: index } };
		});
		return await Promise.all(delivered);
	}
	return await runInEngine(execute, {
		input: binaries.map((binary) => ({ json: {}, binary })),
		credential: { apiKey: sandbox.key, organizationId: '', baseUrl: sandbox.url },
	});
}

function input(parameter: string, binaryPropertyName = 'data'): MediaInput {
	return { parameter, source: 'binary', binaryPropertyName };
}

function jsonOf(items: INodeExecutionData[]): IDataObject[] {
	return items.map(({ json }) => json);
}

describe('deliverMedia', () => {
	it('uploads a few files at a time and keeps them apart', async () => {
		await sandbox.inject({ name: 'delay', endpoint: 'put', times: 'forever', delayMs: 100 });
		const contents = Array.from({ length: 9 }, (_, index) => png(10 + index, 10));
		const stored = contents.map(async (content) => ({
			data: await storeFile(content, { mimeType: 'image/png' }),
		}));
		const { items } = await deliver(await Promise.all(stored), [input('image')]);
		expect((await sandbox.counters()).maxConcurrent.put).toBe(3);
		const uploads = new Map(
			(await sandbox.uploads()).map((upload) => [sandbox.storageUrl + upload.path, upload.sha256]),
		);
		expect(jsonOf(items).map(({ image }) => uploads.get(String(image)))).toEqual(
			contents.map(sha256),
		);
	});

	it('gives addresses and lists of them in order, and uploads a shared file once', async () => {
		const stored = { mimeType: 'image/png' };
		const [first, second] = [png(1, 2), png(2, 1)];
		const binary = { a: await storeFile(first, stored), b: await storeFile(second, stored) };
		const { items, error } = await deliver(
			[binary, binary, binary],
			[
				input('images', 'b,a'),
				{ parameter: 'images', source: 'url', url: 'https://example.com/c.png' },
				input('person_image.24', 'a'),
			],
		);
		expect(error).toBeUndefined();

		const uploads = await sandbox.uploads();
		expect(uploads).toHaveLength(2);
		const urlOf = (content: Buffer) =>
			`${sandbox.storageUrl}${uploads.find((upload) => upload.sha256 === sha256(content))?.path}`;
		const expected = {
			images: [urlOf(second), urlOf(first), 'https://example.com/c.png'],
			'person_image.24': urlOf(first),
		};
		expect(jsonOf(items)).toEqual([expected, expected, expected]);
	});

	it('writes files into the request when asked to, without any call', async () => {
		const content = jpeg(3, 3);
		const { items } = await deliver(
			[{ data: await storeFile(content, { mimeType: 'image/jpg', fileName: 'a.jpg' }) }],
			[input('image')],
			'dataUri',
		);
		expect(jsonOf(items)).toEqual([
			{ image: `data:image/jpeg;base64,${content.toString('base64')}` },
		]);
		expect(await sandbox.log()).toHaveLength(0);
	});

	it.each([
		['there is no upload endpoint', 'unknown-404', 'upload-url'],
		['the storage refuses', 'missing-artifact', 'put'],
	] as const)(
		'falls back to a data URI for a small file when %s',
		async (_case, name, endpoint) => {
			await sandbox.inject({ name, endpoint, times: 'forever' });
			const content = png(8, 8);
			const binary = { data: await storeFile(content, { mimeType: 'image/png' }) };
			const { items } = await deliver([binary], [input('image')]);
			expect(jsonOf(items)).toEqual([
				{ image: `data:image/png;base64,${content.toString('base64')}` },
			]);
		},
	);

	it('does not fall back for large files, for a refused key, or when only uploads are wanted', async () => {
		const small = { data: await storeFile(png(8, 8), { mimeType: 'image/png' }) };
		const padded = Buffer.concat([png(8, 9), Buffer.alloc(4 * MIB)]);
		const large = { data: await storeFile(padded, { mimeType: 'image/png' }) };
		await sandbox.inject({ name: 'unknown-404', endpoint: 'upload-url', times: 'forever' });
		expect((await deliver([large], [input('image')])).error).toBeDefined();
		expect((await deliver([small], [input('image')], 'upload')).error).toBeDefined();
		await sandbox.clearFaults();
		await sandbox.inject({ name: 'unauthorized-401', endpoint: 'upload-url', times: 'forever' });
		expect((await deliver([small], [input('image')])).error).toBeDefined();
	});
});
