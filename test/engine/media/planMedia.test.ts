import type { INodeExecutionData } from 'n8n-workflow';

import { jpeg, mp3, mp4, png, wav, webp } from '../../support/mediaFiles';
import { keepFilesOnDisk, removeFiles, storeFile } from './binaryStore';
import { address, file, input, plan } from './planCase';

beforeAll(keepFilesOnDisk);
afterAll(removeFiles);

describe('planMedia', () => {
	it('plans files and addresses in order and lets lists be lists', async () => {
		const { plan: made, problems } = await plan({
			model: 'wan2.7-r2v',
			inputs: [
				input('reference_image', 'b, a'),
				input('first_frame', 'a'),
				address('reference_image', 'https://example.com/c.png'),
			],
			binary: { a: file(png(1, 1), 'image/png'), b: file(jpeg(2, 2), 'image/jpeg', 'b.jpg') },
		});
		expect(problems).toEqual([]);
		expect(made.parameters).toEqual([
			'reference_image',
			'reference_image',
			'reference_image',
			'first_frame',
		]);
		expect(made.parts).toMatchObject([
			{
				list: true,
				sources: [
					{ file: { field: 'b', uploadExtension: 'jpg' } },
					{ file: { field: 'a', uploadExtension: 'png' } },
					{ url: 'https://example.com/c.png' },
				],
			},
			{ list: false, sources: [{ route: 'either' }] },
		]);
	});

	it('recognises the same content wherever n8n keeps it, and tells other content apart', async () => {
		const picture = png(3, 3);
		const label = { mimeType: 'image/png', fileName: 'x.png' };
		const identify = async (binary: INodeExecutionData['binary'], parameter = 'image') =>
			(await plan({ model: 'kling-v2-6', inputs: [input(parameter)], binary })).plan.identity;
		const kept = await identify({ data: await storeFile(picture, label) });
		expect(kept).toMatch(/^[0-9a-f]{64}$/);
		expect(await identify({ data: await storeFile(picture, label) })).toBe(kept);
		expect(await identify({ data: file(picture, 'image/png') })).toBe(kept);
		expect(await identify({ data: file(png(4, 4), 'image/png') })).not.toBe(kept);
		expect((await plan({ inputs: [] })).plan.identity).toBe('');
	});

	it('leaves what the schema says of names to the payload check', async () => {
		const binary = { data: file(png(1, 1), 'image/png') };
		const made = await plan({ model: 'kling-v2-6', inputs: [input('imagee')], binary });
		expect(made).toEqual({ plan: { parameters: [], identity: '', parts: [] }, problems: [] });
	});

	it('sends .mov as mp4, and small WebP as a data URI', async () => {
		const { plan: made, problems } = await plan({
			model: 'wan2.7-i2v',
			inputs: [
				input('first_clip', 'clip'),
				input('first_frame', 'frame'),
				input('driving_audio', 'sound'),
			],
			binary: {
				clip: file(mp4('qt  '), 'video/quicktime', 'clip.mov'),
				frame: file(webp('VP8 ', 400, 400), 'image/webp', 'frame.webp'),
				sound: file(wav(), 'audio/x-wav', 'sound.wav'),
			},
		});
		expect(problems).toEqual([]);
		expect(made.parts.map(({ sources }) => sources[0])).toMatchObject([
			{ file: { uploadExtension: 'mp4' }, route: 'either' },
			{ file: { mimeType: 'image/webp' }, route: 'dataUri' },
			{ file: { uploadExtension: 'wav', mimeType: 'audio/wav' }, route: 'either' },
		]);
	});

	it('checks the file alone when there is no schema, and makes several a list', async () => {
		const { plan: made, problems } = await plan({
			inputs: [input('anything'), input('anything', 'more'), input('other', 'more')],
			binary: { data: file(png(1, 1), 'image/png'), more: file(mp3(), 'audio/mpeg', 'x.mp3') },
		});
		expect(problems).toEqual([]);
		expect(made.parts).toMatchObject([{ list: true }, { list: false }]);
	});

	it('keeps to the shape of the schema, and to nothing else in it, when told not to check', async () => {
		const { plan: made, problems } = await plan({
			model: 'wan2.7-r2v',
			inputs: [input('reference_image'), input('first_frame', 'clip'), input('brand_new', 'clip')],
			binary: { data: file(png(1, 1), 'image/png'), clip: file(mp4(), 'video/mp4') },
			unchecked: true,
		});
		expect(problems).toEqual([]);
		expect(made.parts).toMatchObject([{ list: true }, { list: false }, { list: false }]);
	});
});
