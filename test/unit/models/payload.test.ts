import { expressionFields } from '../../../nodes/shared/models/payload';
import { fixture } from '../../support/fixtures';
import { build, type Input } from './payloadCase';

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

it('tells expressions from values in a stored form', () => {
	const value = { a: '={{ $json.a }}', b: 'text', c: false };
	expect([...expressionFields({ mappingMode: 'defineBelow', value })]).toEqual(['a']);
	expect([...expressionFields({ value: null }), ...expressionFields('x')]).toEqual([]);
});
