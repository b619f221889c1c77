import type { IDataObject } from 'n8n-workflow';

import { jpeg, mp3, mp4, png, webp } from '../../support/mediaFiles';
import { keepFilesOnDisk, loseFile, removeFiles, storeFile } from './binaryStore';
import { address, file, input, problemsOf, type Case } from './planCase';

const MIB = 1024 * 1024;

beforeAll(keepFilesOnDisk);
afterAll(removeFiles);

describe('what planMedia refuses', () => {
	it.each<[string, Case, string]>([
		[
			'a missing field, with the fields there are',
			{ inputs: [input('image')], binary: { photo: file(png(1, 1), 'image/png') } },
			'Media input "image": there is no file in "data"; the item holds files in: "photo".',
		],
		[
			'an item without files',
			{ inputs: [input('image')] },
			'Media input "image": there is no file in "data"; the item holds no files.',
		],
		[
			'an empty field name',
			{ inputs: [input('image', ' ')] },
			'Media input "image": the name of the field with the file is empty.',
		],
		[
			'an empty file',
			{ inputs: [input('image')], binary: { data: file(Buffer.alloc(0), 'image/png') } },
			'Media input "image": the file in "data" is empty.',
		],
		[
			'a saved web page that calls itself a picture',
			{
				inputs: [input('image')],
				binary: { data: file(Buffer.from('<!DOCTYPE html><title>404</title>'), 'image/png') },
			},
			'Media input "image": the file in "data" holds a web page, no image.',
		],
		[
			'a video for an image',
			{ inputs: [input('image')], binary: { data: file(mp4(), 'video/mp4') } },
			'Media input "image": the file in "data" is a video file (video/mp4), and this parameter takes an image file.',
		],
		[
			'a video for an image, whatever its label says',
			{ inputs: [input('image')], binary: { data: file(mp4(), 'application/octet-stream') } },
			'Media input "image": the file in "data" is a video file (video/mp4), and this parameter takes an image file.',
		],
		[
			'a file of no media kind',
			{
				inputs: [input('image')],
				binary: { data: file(Buffer.from('%PDF-1.7'), 'application/pdf') },
			},
			'Media input "image": the file in "data" is application/pdf, not an image file.',
		],
		[
			'a file over the limit in the description',
			{
				inputs: [input('image')],
				binary: { data: file(Buffer.concat([png(1, 1), Buffer.alloc(10 * MIB)]), 'image/png') },
			},
			'Media input "image": the file in "data" has 10.1 MB, and this parameter takes up to 10 MB.',
		],
		[
			'several files for a parameter of one',
			{
				inputs: [input('image', 'data,more')],
				binary: { data: file(png(1, 1), 'image/png'), more: file(png(2, 2), 'image/png') },
			},
			'Media input "image": it takes one file, but 2 are given.',
		],
		[
			'an address without a scheme',
			{ inputs: [address('image', 'example.com/a.png')] },
			'Media input "image": "example.com/a.png" is not a web address.',
		],
		[
			'an address on disk, without its query',
			{ inputs: [address('image', 'file:///etc/passwd?secret')] },
			'Media input "image": "file:///etc/passwd" has to begin with https:// (or http:// or data:).',
		],
		[
			'an empty address',
			{ inputs: [address('image', '')] },
			'Media input "image": the URL is empty.',
		],
		[
			'a data URI of the wrong kind',
			{ inputs: [address('image', `data:audio/mpeg;base64,${mp3().toString('base64')}`)] },
			'Media input "image": the data URI is an audio file (audio/mpeg), and this parameter takes an image file.',
		],
		['a row without a parameter', { inputs: [input('')] }, 'A media input names no parameter.'],
		[
			'a format that is not uploaded, when only an upload is wanted',
			{
				inputs: [input('image')],
				binary: { data: file(webp('VP8X', 5, 5), 'image/webp') },
				delivery: 'upload',
			},
			`Media input "image": the file in "data" is image/webp, which GMI's upload does not take. Convert it to PNG or JPEG.`,
		],
		[
			'a format that is not uploaded and too large to be sent otherwise',
			{
				inputs: [input('image')],
				binary: {
					data: file(Buffer.concat([webp('VP8X', 5, 5), Buffer.alloc(4 * MIB)]), 'image/webp'),
				},
			},
			`Media input "image": the file in "data" is image/webp, which GMI's upload does not take, and at 4.1 MB is too large for a data URI (up to 3 MB). Convert it to PNG or JPEG.`,
		],
	])('names %s', async (_name, testCase, problem) => {
		expect(await problemsOf({ model: 'kling-v2-6', ...testCase })).toEqual([problem]);
	});

	it('names a stored file that is gone', async () => {
		const lost = await storeFile(png(1, 1), { mimeType: 'image/png' });
		await loseFile(lost);
		expect(
			await problemsOf({ model: 'kling-v2-6', inputs: [input('image')], binary: { data: lost } }),
		).toEqual([
			`Media input "image": the file in "data" can no longer be read from n8n's storage.`,
		]);
	});

	it('writes no file into a request for a parameter that wants a public address', async () => {
		const binary = { data: file(webp('VP8 ', 400, 400), 'image/webp') };
		expect(
			await problemsOf({ model: 'pixverse-v5.6-i2v', inputs: [input('image_url')], binary }),
		).toEqual([
			`Media input "image_url": the file in "data" is image/webp, which GMI's upload does not take, and this parameter takes no data URIs. Convert it to PNG or JPEG.`,
		]);
	});

	describe('when the picture has to match the size of the video', () => {
		const sora = async (picture: Buffer, payload: IDataObject = {}) =>
			await problemsOf({
				model: 'sora-2-pro',
				inputs: [input('input_reference')],
				binary: { data: file(picture, 'image/png') },
				payload,
			});

		it('takes a match with the chosen or the default size', async () => {
			expect(await sora(png(1792, 1024))).toEqual([]);
			expect(await sora(jpeg(720, 1280), { size: '720x1280' })).toEqual([]);
			expect(await sora(webp('VP8L', 1280, 720), { size: '1280x720' })).toEqual([]);
		});

		it('names the size that fits', async () => {
			expect(await sora(png(720, 1280))).toEqual([
				`Media input "input_reference": the picture in "data" is 720x1280, and this model takes only pictures of exactly the video's size, 1792x1024 (the default). Set "size" to "720x1280", or resize the picture to 1792x1024.`,
			]);
		});

		it('names all sizes when none fits', async () => {
			expect(await sora(png(800, 600), { size: '1280x720' })).toEqual([
				`Media input "input_reference": the picture in "data" is 800x600, and this model takes only pictures of exactly the video's size, 1280x720. Resize the picture to 1280x720, or set "size" and resize to one of: 1792x1024, 1024x1792, 720x1280.`,
			]);
		});

		it('measures data URIs too', async () => {
			const problems = await problemsOf({
				model: 'sora-2-pro',
				inputs: [
					address('input_reference', `data:image/png;base64,${png(5, 5).toString('base64')}`),
				],
			});
			expect(problems[0]).toContain('is 5x5');
		});
	});
});
