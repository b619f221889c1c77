import { createHash } from 'crypto';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { runGmiVideo, type GmiRunOptions } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { jpeg, mp3, mp4, png, wav, webp } from '../../support/mediaFiles';
import {
	growthDuring,
	keepFilesOnDisk,
	removeFiles,
	storeFile,
	storeLargeFile,
} from './binaryStore';

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

/** Uploads each item's field `data` with the node's own operation. */
async function uploadItems(files: IBinaryData[], options: GmiRunOptions = {}) {
	return await runGmiVideo(sandbox, {
		input: files.map((data) => ({ json: {}, binary: { data } })),
		parameters: { resource: 'file', operation: 'upload', binaryPropertyName: 'data' },
		...options,
	});
}

function jsonOf(items: INodeExecutionData[]): IDataObject[] {
	return items.map(({ json }) => json);
}

describe('an upload', () => {
	const formats: Array<[string, Buffer, string, string, string]> = [
		['png', png(2, 2), 'image/png', 'png', 'image/png'],
		['jpg', jpeg(2, 2), 'image/jpeg', 'jpg', 'image/jpg'],
		['jpeg', jpeg(2, 3), 'image/jpeg', 'jpeg', 'image/jpeg'],
		['mp4', mp4(), 'video/mp4', 'mp4', 'video/mp4'],
		['mov', mp4('qt  '), 'video/quicktime', 'mp4', 'video/mp4'],
		['mp3', mp3(), 'audio/mpeg', 'mp3', 'audio/mpeg'],
		['wav', wav(), 'audio/wav', 'wav', 'audio/wav'],
	];

	it.each(formats)(
		'of a stored .%s arrives byte for byte, signed as GMI wants',
		async (extension, content, mimeType, asked, sentAs) => {
			const fileName = `file.${extension}`;
			const stored = await storeFile(content, { mimeType, fileName, fileExtension: extension });
			const { items, error } = await uploadItems([stored]);
			expect(error).toBeUndefined();

			const [upload] = await sandbox.uploads();
			expect(upload).toMatchObject({
				sha256: sha256(content),
				contentType: sentAs,
				bytes: content.length,
				chunked: false,
			});
			expect(jsonOf(items)).toEqual([
				{
					url: `${sandbox.storageUrl}${upload.path}`,
					fileName,
					mimeType,
					fileSize: content.length,
				},
			]);
			const [call] = await sandbox.log({ endpoint: 'upload-url' });
			expect(call.body).toEqual({ file_type: asked });
			const [put] = await sandbox.log({ endpoint: 'put' });
			expect(put).toMatchObject({ authorized: false, status: 200 });
			expect(put.key).toBeUndefined();
		},
	);

	it('takes files that n8n keeps in memory', async () => {
		const content = png(9, 9);
		const data = { data: content.toString('base64'), mimeType: 'image/png' };
		const { items } = await uploadItems([data]);
		expect(await sandbox.uploads()).toMatchObject([{ sha256: sha256(content), chunked: false }]);
		expect(items[0].json).toMatchObject({ fileName: 'data.png', fileSize: content.length });
	});

	it('happens once for the same content', async () => {
		const same = await storeFile(png(7, 7), { mimeType: 'image/png' });
		const copy = await storeFile(png(7, 7), { mimeType: 'image/png' });
		const { items } = await uploadItems([same, same, copy]);
		expect(await sandbox.uploads()).toHaveLength(1);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(new Set(jsonOf(items).map(({ url }) => url)).size).toBe(1);
	});

	it('switches to audio/mp3 where the storage signs that', async () => {
		await sandbox.configure({ mp3ContentType: 'audio/mp3' });
		await uploadItems([await storeFile(mp3(), { mimeType: 'audio/mpeg' })]);
		expect(await sandbox.uploads()).toMatchObject([{ contentType: 'audio/mp3' }]);
		expect(await sandbox.log({ endpoint: 'put' })).toHaveLength(2);
	});

	it.each([
		['the storage is overloaded', 'storage-503', 'put'],
		['the address has expired', 'expired-upload', 'put'],
		['the connection is reset', 'reset-before', 'put'],
		['GMI is out of order', 'error-500', 'upload-url'],
		['GMI limits the rate', 'rate-limit-429', 'upload-url'],
	] as const)('is tried again with a fresh address when %s', async (_case, name, endpoint) => {
		await sandbox.inject({ name, endpoint, retryAfterMs: 50 });
		const { error } = await uploadItems([await storeFile(png(1, 1), { mimeType: 'image/png' })]);
		expect(error).toBeUndefined();
		expect(await sandbox.uploads()).toHaveLength(1);
		const { calls } = await sandbox.counters();
		expect(calls['upload-url']).toBe(2);
		expect(calls.put).toBe(endpoint === 'put' ? 2 : 1);
	});

	it('says in words why the storage refused, without the signed address', async () => {
		const body =
			"<?xml version='1.0'?><Error><Code>SignatureDoesNotMatch</Code><Message>See https://x.test/?X-Goog-Signature=abc123</Message><StringToSign>X-Goog-Signature=abc123</StringToSign></Error>";
		await sandbox.inject({ name: 'storage-503', endpoint: 'put', status: 403, body });
		const stored = await storeFile(png(1, 1), { mimeType: 'image/png', fileName: 'fox.png' });
		const { error } = await uploadItems([stored]);
		expect(error?.message).toBe(
			`The file "fox.png" could not be uploaded to GMI's storage: it answered 403 (SignatureDoesNotMatch: See …) [item 0]`,
		);
		expect(JSON.stringify(error)).not.toMatch(/X-Goog|abc123/);
	});

	it('follows no redirect', async () => {
		await sandbox.inject({ name: 'redirect', endpoint: 'put', times: 'forever' });
		const { error } = await uploadItems([await storeFile(png(1, 1), { mimeType: 'image/png' })]);
		expect(error?.message).toContain('it answered 302');
		expect(await sandbox.uploads()).toHaveLength(0);
	});

	it('refuses other formats before any call', async () => {
		const { error } = await uploadItems([
			await storeFile(webp('VP8 ', 2, 2), { mimeType: 'image/webp' }),
		]);
		expect(error?.message).toBe(
			`The file in "data" is image/webp, which GMI's upload does not take. Convert it to PNG or JPEG [item 0]`,
		);
		expect(await sandbox.log()).toHaveLength(0);
	});

	it('ends within a second when the execution is cancelled', async () => {
		await sandbox.inject({ name: 'silence-before', endpoint: 'put', times: 'forever' });
		const stored = await storeFile(png(1, 1), { mimeType: 'image/png' });
		let cancelled = 0;
		const { error } = await uploadItems([stored], {
			onStart: (execution) =>
				AbortSignal.timeout(500).addEventListener('abort', () => {
					cancelled = Date.now();
					execution.cancel();
				}),
		});
		expect(Date.now() - cancelled).toBeLessThan(1000);
		expect(error?.message).toContain('canceled');
		expect(await sandbox.log({ endpoint: 'put' })).toHaveLength(1);
	});

	it('streams: a large file costs no more memory than a small one', async () => {
		const bytes = 512 * MIB;
		const large = await storeLargeFile(mp4(), bytes, { mimeType: 'video/mp4' });
		await uploadItems([await storeFile(mp4(), { mimeType: 'video/mp4' })]);
		const growth = await growthDuring(async () => await uploadItems([large.binary]));
		expect(await sandbox.uploads()).toContainEqual(
			expect.objectContaining({ sha256: large.sha256, bytes, chunked: false }),
		);
		expect(growth).toBeLessThan(96 * MIB);
	}, 120_000);
});
