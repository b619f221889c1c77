import { build, type Input } from './payloadCase';

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
