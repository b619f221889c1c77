import { choice, image, model, parameter, prompt, text } from './define.mjs';

/** Models that are unusual in one way each; clients must survive all of them. */
export const oddModels = [
	model(
		'skyreels-v4-image-to-video',
		'video',
		'Parameters written as a JSON schema',
		{
			type: 'object',
			properties: {
				prompt: { type: 'string', description: 'What to make, in words.' },
				first_frame_image: { type: 'string', format: 'uri' },
				duration: { type: 'integer', minimum: 3, maximum: 10, default: 5 },
				quality: { type: 'string', enum: ['std', 'pro'], default: 'std' },
			},
			required: ['prompt', 'first_frame_image'],
		},
		{},
		{ outcome: 'media-videos' },
	),
	model('Gemini-batch-inference', undefined, 'Says nothing about its parameters', []),
	model(
		'ltx-2-quick',
		'video',
		'A video model that answers only when the video is there',
		[
			prompt(),
			// No `required`, a number that is the wrong kind for its type, and `default` as the key.
			{ name: 'seconds', type: 'integer', default: '4' },
			choice('size', ['640x360', '1280x720'], '640x360'),
		],
		{ delivery_mode: 'sync' },
		{ delivery: 'sync', outcome: 'video-with-jpg' },
	),
	model('bytedance-omnihuman-1.5', 'video', 'Has a parameter of an unheard-of type', [
		prompt(undefined, { required: false }),
		image('image_url', { required: true }),
		parameter('camera_path', 'spline', { default_value: null }),
		parameter('audio_url', 'string (URL)', { required: true }),
	]),
	model('pixverse-v5.6-transition', 'video', 'Options that are numbers, a default beyond them', [
		image('first_frame_image', { required: true }),
		image('last_frame_image', { required: true }),
		prompt(2048),
		{ name: 'duration', type: 'string', options: [5, 8], default_value: '5', required: true },
		choice('motion_mode', ['', 'normal', 'fast'], ''),
	]),
	model(
		'kling-multi-shot',
		'video',
		'Gives several videos',
		[prompt(), { name: 'n', type: 'integer', min_value: 1, max_value: 4, default_value: 2 }],
		{},
		{ outcome: 'media-videos' },
	),
	model('veo-3.1-generate-preview-gated', 'video', 'Listed, but not for every key', [prompt()]),
	model('Chirstmas Postcard', undefined, 'A name with a space and a slip', [text('greeting')]),
	model(' wan2.5-t2v-preview ', 'video', 'A name with stray white space', [prompt()]),
	model('Kling  O1 (beta)/edit', 'video', 'A name with every awkward character', [prompt()]),
	// The service lists unnamed internal models by a bare id.
	...[
		'5f0c7a1e-93b4-4d28-8e61-0ab9c4d7f352',
		'b83e6d90-21fc-4a57-9c04-7e5d1f8a6b23',
		'0d9a4c7b-68e2-4f13-a5b0-c31e7d925f84',
	].map((id) => model(id, undefined, '', [prompt()])),
];
