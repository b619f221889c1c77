import { buildPayload, expressionFields } from '../../../nodes/shared/models/payload';
import { readModel } from '../../../nodes/shared/models/readModel';
import type { GmiModel } from '../../../nodes/shared/models/types';
import { fixture } from '../../support/fixtures';

function model(id: string): GmiModel {
	return readModel(id, fixture(`reconstructed/model-detail-${id}.json`));
}

interface Input {
	prompt?: string;
	fields?: object;
	json?: object;
	media?: string[];
	expressions?: string[];
}

function build(id: string | undefined, { prompt = 'a fox', ...input }: Input) {
	return buildPayload(id === undefined ? undefined : model(id), {
		prompt,
		fields: { ...input.fields },
		json: { ...input.json },
		mediaParameters: input.media ?? [],
		...(input.expressions ? { expressions: new Set(input.expressions) } : {}),
	});
}

describe('field in, payload out', () => {
	it.each<[string, Input, object]>([
		['sora-2-pro', {}, { prompt: 'a fox' }],
		['sora-2-pro', { fields: { seconds: 12 } }, { prompt: 'a fox', seconds: '12' }],
		['sora-2-pro', { fields: { size: '720x1280' } }, { prompt: 'a fox', size: '720x1280' }],
		['Veo3', { fields: { durationSeconds: '6' } }, { prompt: 'a fox', durationSeconds: '6' }],
		['Veo3', { fields: { seed: '42' } }, { prompt: 'a fox', seed: 42 }],
		['Veo3', { fields: { seed: 0 } }, { prompt: 'a fox', seed: 0 }],
		['kling-v2-6', { fields: { sound: 'yes' } }, { prompt: 'a fox', sound: 'yes' }],
		['kling-v2-6', { fields: { cfg_scale: '0.7' } }, { prompt: 'a fox', cfg_scale: 0.7 }],
		['Kling-Text2Video-V1.6-Standard', { prompt: '' }, {}],
		[
			'Kling-Text2Video-V1.6-Standard',
			{ fields: { duration: 5 } },
			{ prompt: 'a fox', duration: '5' },
		],
		['Luma-Ray2', { fields: { loop: true } }, { prompt: 'a fox', loop: true }],
		['Luma-Ray2', { fields: { loop: false, duration: '9s' } }, { prompt: 'a fox', duration: '9s' }],
		['luma-ray-3-2-generate', { fields: { hdr: 'true' } }, { prompt: 'a fox', hdr: true }],
		['wan2.6-t2v', { fields: { duration: '10' } }, { prompt: 'a fox', duration: 10 }],
		['wan2.6-t2v', { fields: { prompt_extend: false } }, { prompt: 'a fox', prompt_extend: false }],
		['wan2.6-t2v', { fields: { prompt_extend: true, audio: true } }, { prompt: 'a fox' }],
		['wan2.7-i2v', { media: ['first_frame'] }, { prompt: 'a fox' }],
		[
			'wan2.7-r2v',
			{ fields: { reference_image: 'https://a/1.png, https://a/2.png' } },
			{ prompt: 'a fox', reference_image: ['https://a/1.png', 'https://a/2.png'] },
		],
		[
			'pixverse-v5.6-i2v',
			{
				fields: { duration: 8, aspect_ratio: '1:1', quality: '720p', seed: null },
				media: ['image_url'],
			},
			{ prompt: 'a fox', duration: '8', aspect_ratio: '1:1', quality: '720p' },
		],
		['vidu-q3-pro-t2v', { fields: { audio: false } }, { prompt: 'a fox' }],
		['vidu-q3-pro-t2v', { fields: { audio: 'false' } }, { prompt: 'a fox', audio: false }],
		[
			'vidu-q3-pro-t2v',
			{ fields: { audio: false }, expressions: ['audio'] },
			{ prompt: 'a fox', audio: false },
		],
		['Minimax-Hailuo-2.3-Fast', { fields: { duration: '6' } }, { prompt: 'a fox', duration: 6 }],
		[
			'seedance-2-0-fast-260128',
			{ fields: { ratio: 'adaptive', watermark: false, generate_audio: false } },
			{ prompt: 'a fox', ratio: 'adaptive', generate_audio: false },
		],
		[
			'heygen-avatar-4',
			{ prompt: '', fields: { video_inputs: '[{"voice":{}}]', dimension: '{"width":720}' } },
			{ video_inputs: [{ voice: {} }], dimension: { width: 720 } },
		],
		[
			'kling-3-motion-control',
			{
				prompt: '',
				fields: { character_orientation: 'image', mode: 'std' },
				media: ['image_url', 'video_url'],
			},
			{ character_orientation: 'image', mode: 'std' },
		],
		['new_try_on_anything_01', { prompt: '', media: ['person_image.24', 'top_image.25'] }, {}],
		[
			'new_try_on_anything_01',
			{ prompt: '', fields: { 'person_image.24': 'https://a/p', 'top_image.25': 'https://a/t' } },
			{ 'person_image.24': 'https://a/p', 'top_image.25': 'https://a/t' },
		],
		[
			'minimax-tts-speech-2.8-hd',
			{ fields: { sound_effects: '(none)', bitrate: 64000, pitch: '-3' } },
			{ text: 'a fox', sound_effects: '', bitrate: '64000', pitch: -3 },
		],
		['minimax-tts-speech-2.8-hd', { fields: { sound_effects: '' } }, { text: 'a fox' }],
		[
			'seedream-5.0-lite',
			{ fields: { image: '["https://a/1"]', max_images: '3' } },
			{ prompt: 'a fox', image: ['https://a/1'], max_images: 3 },
		],
	])('%s %j', (id, input, payload) => {
		expect(build(id, input)).toEqual({ payload, problems: [] });
	});

	it.each(['minimax-tts', 'wan2.7-i2v', 'Minimax-Hailuo-2.3-Fast'])(
		"accepts GMI's own example %s",
		(name) => {
			const { model: id, payload } = fixture(`official-doc/create-request-${name}.json`);
			expect(build(id, { prompt: '', json: payload }).problems).toEqual([]);
		},
	);

	it('sends JSON as it was written, with null, false and ""', () => {
		const json = { loop: false, frame0_image: '', resolution: null, prompt: 'x' };
		expect(build('Luma-Ray2', { prompt: '', json })).toEqual({ payload: json, problems: [] });
	});

	it('lets fields win over the prompt and JSON over both', () => {
		const { payload, problems } = build('Veo3', {
			fields: { durationSeconds: '4', seed: 1 },
			json: { seed: 2, prompt: 'a fox' },
		});
		expect(payload).toEqual({ prompt: 'a fox', durationSeconds: '4', seed: 2 });
		expect(problems).toEqual([]);
	});

	it('merges without a check when the model is not known', () => {
		expect(
			build(undefined, { fields: { a: '', b: null, c: false, d: 1 }, json: { e: null } }),
		).toEqual({ payload: { prompt: 'a fox', d: 1, e: null }, problems: [] });
	});
});

describe('what is named before paying', () => {
	it.each<[string, Input, string[]]>([
		[
			'seedance-2-0-fast-260128',
			{ json: { aspect_ratio: '16:9' } },
			['"seedance-2-0-fast-260128" has no parameter "aspect_ratio"; the nearest is "ratio".'],
		],
		[
			'sora-2-pro',
			{ json: { durationSeconds: 8 } },
			['"sora-2-pro" has no parameter "durationSeconds"; the nearest is "seconds".'],
		],
		[
			'Veo3',
			{ json: { aspect_ratio: '16:9' } },
			['"Veo3" has no parameter "aspect_ratio"; the nearest is "aspectRatio".'],
		],
		[
			'Luma-Ray2',
			{ json: { resolutoin: '4k' } },
			['"Luma-Ray2" has no parameter "resolutoin"; the nearest is "resolution".'],
		],
		[
			'sora-2-pro',
			{ json: { xyzzy: 1 } },
			[
				'"sora-2-pro" has no parameter "xyzzy"; it has "prompt", "input_reference", "seconds" and "size".',
			],
		],
		[
			'sora-2-pro',
			{ fields: { seconds: '5' } },
			['Seconds ("seconds") is "5", but only "4", "8" and "12" are allowed.'],
		],
		[
			'wan2.7-i2v',
			{ fields: { duration: 16 } },
			['Duration ("duration") is 16, but it has to be a number from 2 to 15.'],
		],
		[
			'wan2.7-i2v',
			{ fields: { duration: 5.5 } },
			['Duration ("duration") is 5.5, but it takes a whole number from 2 to 15.'],
		],
		[
			'wan2.7-i2v',
			{ fields: { duration: 'long' } },
			['Duration ("duration") is "long", but it takes a whole number from 2 to 15.'],
		],
		[
			'wan2.7-i2v',
			{ fields: { watermark: 'yes' } },
			['Watermark ("watermark") is "yes", but it takes true or false.'],
		],
		[
			'heygen-avatar-4',
			{ prompt: '', fields: { video_inputs: 'one', dimension: '[1]' } },
			[
				'Video Inputs ("video_inputs") is "one", but it takes a list (a JSON array).',
				'Dimension ("dimension") is "[1]", but it takes a JSON object.',
			],
		],
		['sora-2-pro', { prompt: ' ' }, ['Prompt ("prompt") is required, but Prompt is empty.']],
		[
			'minimax-tts-speech-2.8-hd',
			{ prompt: '' },
			['Text ("text") is required, but Prompt is empty.'],
		],
		[
			'sora-2-pro',
			{ prompt: 'x'.repeat(2001) },
			['Prompt ("prompt") is 2001 characters long, but at most 2000 are allowed.'],
		],
		[
			'heygen-avatar-4',
			{ prompt: '', json: { video_inputs: [] } },
			['Video Inputs ("video_inputs") is required: it takes a list (a JSON array).'],
		],
		[
			'heygen-avatar-4',
			{ fields: { video_inputs: '[1]' } },
			['"heygen-avatar-4" has no parameter for a text, but Prompt is filled; leave Prompt empty.'],
		],
		[
			'kling-3-motion-control',
			{ fields: { mode: 'std' }, media: ['image_url'] },
			[
				'Video URL ("video_url") is required: add it under Media Inputs, or give its public URL.',
				'Character Orientation ("character_orientation") is required: it takes one of "video" and "image".',
			],
		],
		[
			'Veo3',
			{ json: { prompt: 'a cat' } },
			[
				'Prompt and the parameters set different texts for Text Prompt ("prompt"); leave one of them empty.',
			],
		],
		[
			'wan2.7-i2v',
			{ media: ['frist_frame', 'duration', 'last_frame', 'last_frame'] },
			[
				'"wan2.7-i2v" has no parameter "frist_frame" for a file; it takes files in "first_frame", "last_frame", "driving_audio" and "first_clip".',
				'Duration ("duration") takes a whole number from 2 to 15, not a file.',
				'Last Frame ("last_frame") takes one file, but 2 are given.',
			],
		],
		[
			'wan2.7-i2v',
			{ fields: { last_frame: 'https://a/b.png' }, media: ['last_frame'] },
			['Last Frame ("last_frame") is set twice, as a parameter and as a file; keep one of them.'],
		],
	])('%s %j', (id, input, problems) => {
		expect(build(id, input).problems).toEqual(problems);
	});

	it('never shows the bytes of a file', () => {
		const { problems } = build('Veo3', {
			json: { seed: `data:image/png;base64,${'A'.repeat(9999)}` },
		});
		expect(problems[0].length).toBeLessThan(200);
	});
});

it('tells expressions from values in a stored form', () => {
	const value = { a: '={{ $json.a }}', b: 'text', c: false };
	expect([...expressionFields({ mappingMode: 'defineBelow', value })]).toEqual(['a']);
	expect([...expressionFields({ value: null }), ...expressionFields('x')]).toEqual([]);
});
