import {
	createModelReader,
	LIST_LIFETIME_MS,
	nearestModel,
	readCatalogue,
	searchCatalogue,
} from '../../../nodes/shared/models/catalogue';
import { kindFromName, kindFromType } from '../../../nodes/shared/models/kinds';
import { DETAIL_LIFETIME_MS } from '../../../nodes/shared/models/modelReader';
import { fakeQueue } from './fakeQueue';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('readCatalogue', () => {
	it('puts video first, in natural order, and trims names', async () => {
		const queue = fakeQueue({ ids: ['seedream-5', 'kling-v10', ' Veo3 ', 'kling-v2', UUID] });
		expect(await readCatalogue(queue)).toEqual([
			{ id: 'kling-v2', name: 'kling-v2', kind: 'video', hidden: false },
			{ id: 'kling-v10', name: 'kling-v10', kind: 'video', hidden: false },
			{ id: ' Veo3 ', name: 'Veo3', kind: 'video', hidden: false },
			{ id: 'seedream-5', name: 'seedream-5', kind: 'image', hidden: false },
			{ id: UUID, name: UUID, kind: 'other', hidden: true },
		]);
	});

	it('keeps the plain one of ids that differ in white space', async () => {
		for (const ids of [
			['sora-2 ', 'sora-2'],
			['sora-2', 'sora-2 '],
		]) {
			expect((await readCatalogue(fakeQueue({ ids }))).map(({ id }) => id)).toEqual(['sora-2']);
		}
	});

	it('costs one call a minute, also for asks at the same time', async () => {
		const queue = fakeQueue({ ids: ['a'] });
		await Promise.all([readCatalogue(queue), readCatalogue(queue)]);
		jest.advanceTimersByTime(LIST_LIFETIME_MS - 1);
		await readCatalogue(queue);
		expect(queue.calls).toEqual(['list']);
		jest.advanceTimersByTime(1);
		await readCatalogue(queue);
		expect(queue.calls).toEqual(['list', 'list']);
	});

	it('remembers no failure and no other account', async () => {
		const queue = fakeQueue({ ids: ['a'], failures: 1 });
		await expect(readCatalogue(queue)).rejects.toThrow('down');
		expect(await readCatalogue(queue)).toHaveLength(1);
		expect(await readCatalogue(fakeQueue({ ids: [] }))).toHaveLength(0);
	});

	it('believes details over names', async () => {
		const queue = fakeQueue({
			ids: ['veo-stills'],
			details: { 'veo-stills': { model_type: 'image' } },
		});
		expect((await readCatalogue(queue))[0].kind).toBe('video');
		await createModelReader(queue)('veo-stills');
		expect((await readCatalogue(queue))[0].kind).toBe('image');
	});
});

describe('createModelReader', () => {
	it('asks once per model in five minutes', async () => {
		const queue = fakeQueue({ details: { a: {}, b: {} } });
		const read = createModelReader(queue);
		await Promise.all([read('a'), read('a'), createModelReader(queue)('a'), read('b')]);
		jest.advanceTimersByTime(DETAIL_LIFETIME_MS - 1);
		await read('a');
		expect(queue.calls).toEqual(['a', 'b']);
		jest.advanceTimersByTime(1);
		await read('a');
		expect(queue.calls).toEqual(['a', 'b', 'a']);
	});

	it('asks again after a failure', async () => {
		const queue = fakeQueue({ details: { a: {} }, failures: 1 });
		const read = createModelReader(queue);
		await expect(read('a')).rejects.toThrow('down');
		expect((await read('a')).id).toBe('a');
	});
});

describe('searchCatalogue', () => {
	const ids = [
		'Kling-Image2Video-V2.1',
		'Veo3',
		'seedream-5.0',
		'minimax-tts-2.8',
		'tripo-3d',
		UUID,
	];
	const search = async (filter?: string) =>
		searchCatalogue(await readCatalogue(fakeQueue({ ids })), filter).map(({ name }) => name);

	it.each([
		[undefined, ['Kling-Image2Video-V2.1', 'Veo3']],
		['  ', ['Kling-Image2Video-V2.1', 'Veo3']],
		['v2.1 kling', ['Kling-Image2Video-V2.1']],
		['image', ['Kling-Image2Video-V2.1', 'seedream-5.0']],
		['tts', ['minimax-tts-2.8']],
		['audio 2.8', ['minimax-tts-2.8']],
		['3d', ['tripo-3d']],
		['all', ['Kling-Image2Video-V2.1', 'Veo3', 'seedream-5.0', 'minimax-tts-2.8', 'tripo-3d']],
		['0f8f', []],
		['0F8FAD5B', [UUID]],
		['nothing like it', []],
	])('%j finds %j', async (filter, names) => {
		expect(await search(filter)).toEqual(names);
	});

	it('lists everything where no video model is known', async () => {
		const entries = await readCatalogue(fakeQueue({ ids: ['brand-new-1', UUID] }));
		expect(searchCatalogue(entries).map(({ name }) => name)).toEqual(['brand-new-1']);
	});
});

it.each([
	['Wan-AI_Wan2.1-T2V-14B', 'video'],
	['MiniMax-H3', 'video'],
	['kling-3-motion-control', 'video'],
	['luma-ray-3-2-generate', 'video'],
	['wan2.7-image', 'image'],
	['gemini-3-pro-image-preview', 'image'],
	['gpt-image-2-edit', 'image'],
	['Flux2-Klein', 'image'],
	['minimax-music-3.0', 'audio'],
	['minimax-audio-voice-clone', 'audio'],
	['GMI-MiniMeTalks-Workflow', 'other'],
	['Gemini-batch-inference', 'other'],
	['hunyuan3d-2', 'other'],
	['something-else', 'other'],
])('%s is guessed to make %s', (id, kind) => {
	expect(kindFromName(id)).toBe(kind);
});

it.each([
	['video', 'video'],
	['text-to-video', 'video'],
	['Image', 'image'],
	['tts', 'audio'],
	['3d', 'other'],
	['', undefined],
])('model_type %j means %s', (type, kind) => {
	expect(kindFromType(type)).toBe(kind);
});

it('names the nearest model', async () => {
	const entries = await readCatalogue(
		fakeQueue({ ids: ['sora-2-pro', 'Veo3', 'seedance-1-0-251015'] }),
	);
	expect(nearestModel(entries, 'Sora-2-Pro')).toBe('sora-2-pro');
	expect(nearestModel(entries, 'seedance-1-0')).toBe('seedance-1-0-251015');
	expect(nearestModel(entries, 'zzzz')).toBeUndefined();
});
