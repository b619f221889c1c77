import { readModel } from '../../../nodes/shared/models/readModel';
import type { ModelParameter } from '../../../nodes/shared/models/types';
import { fixture, modelDetails } from '../../support/fixtures';

function read(entry: object): ModelParameter {
	return readModel('m', { parameters: [{ name: 'p', ...entry }] }).parameters[0];
}

function parameter(file: string, name: string): ModelParameter {
	const detail = fixture(file);
	const found = readModel(detail.model, detail).parameters.find((each) => each.name === name);
	if (!found) throw new Error(`${file} has no ${name}`);
	return found;
}

describe('readModel over every model detail known', () => {
	it.each(modelDetails())('reads $file', ({ id, detail }) => {
		const model = readModel(id, detail);
		expect(model.parameters.map(({ name }) => name)).toEqual(
			detail.parameters.map(({ name }: { name: string }) => name),
		);
		for (const { choices, defaultValue } of model.parameters) {
			if (choices && defaultValue !== undefined) expect(choices).toContain(defaultValue);
		}
	});

	it.each([
		['reconstructed/model-detail-sora-2-pro.json', 'prompt'],
		['reconstructed/model-detail-minimax-tts-speech-2.8-hd.json', 'text'],
		['reconstructed/model-detail-heygen-avatar-4.json', undefined],
		['reconstructed/model-detail-new_try_on_anything_01.json', undefined],
		['seed/model-detail-Veo3.partial.json', 'prompt'],
	])('%s takes its prompt in %s', (file, name) => {
		expect(readModel('m', fixture(file)).promptParameter).toBe(name);
	});

	it.each([
		['reconstructed/model-detail-sora-2-pro.json', 'input_reference', 'media', 'image'],
		['reconstructed/model-detail-Luma-Ray2.json', 'frame0_image', 'media', 'image'],
		['reconstructed/model-detail-pixverse-v5.6-i2v.json', 'image_url', 'media', 'image'],
		['reconstructed/model-detail-kling-3-motion-control.json', 'video_url', 'media', 'video'],
		['reconstructed/model-detail-wan2.6-t2v.json', 'audio_url', 'media', 'audio'],
		['reconstructed/model-detail-wan2.6-t2v.json', 'audio', 'boolean', undefined],
		['reconstructed/model-detail-wan2.7-r2v.json', 'reference_video', 'list', 'video'],
		['reconstructed/model-detail-seedream-5.0-lite.json', 'image', 'list', 'image'],
		[
			'reconstructed/model-detail-seedance-2-0-fast-260128.json',
			'reference_audios',
			'list',
			'audio',
		],
		[
			'reconstructed/model-detail-seedance-2-0-fast-260128.json',
			'reference_asset_ids',
			'list',
			undefined,
		],
		['reconstructed/model-detail-heygen-avatar-4.json', 'video_inputs', 'list', undefined],
		['reconstructed/model-detail-new_try_on_anything_01.json', 'top_image.25', 'media', 'image'],
		[
			'reconstructed/model-detail-luma-ray-3-2-generate.json',
			'start_frame_generation_id',
			'text',
			undefined,
		],
	])('%s: %s is %s of %s', (file, name, kind, media) => {
		expect(parameter(file, name)).toMatchObject({ kind, ...(media ? { media } : {}) });
		expect(parameter(file, name).media).toBe(media);
	});

	it('reads limits, defaults and choices as they are meant', () => {
		const wan = 'reconstructed/model-detail-wan2.6-t2v.json';
		expect(parameter(wan, 'duration')).toMatchObject({ kind: 'choice', choices: [5, 10, 15] });
		expect(parameter(wan, 'prompt').maxLength).toBe(1500);
		expect(parameter(wan, 'audio_url').defaultValue).toBeUndefined();
		const seedream = 'reconstructed/model-detail-seedream-5.0-lite.json';
		expect(parameter(seedream, 'image').maxItems).toBe(14);
		const speech = 'reconstructed/model-detail-minimax-tts-speech-2.8-hd.json';
		expect(parameter(speech, 'sound_effects')).toMatchObject({ kind: 'choice', defaultValue: '' });
		expect(parameter(speech, 'speed')).toMatchObject({ kind: 'number', min: 0.5, max: 2 });
		const luma = 'reconstructed/model-detail-luma-ray-3-2-generate.json';
		expect(parameter(luma, 'prompt').maxLength).toBe(6000);
		expect(parameter(luma, 'hdr').label).toBe('HDR');
	});
});

describe('the type of a parameter', () => {
	it.each([
		['string', 'text'],
		['text', 'text'],
		['enum', 'text'],
		['', 'text'],
		['something new', 'text'],
		['integer', 'integer'],
		['numeric', 'number'],
		['float', 'number'],
		['boolean', 'boolean'],
		['image (URL)', 'media'],
		['image URL', 'media'],
		['video', 'media'],
		['audio', 'media'],
		['array', 'list'],
		['array of URLs', 'list'],
		['string/array', 'list'],
		['string[]', 'list'],
		['object', 'object'],
	])('%s is %s', (type, kind) => {
		expect(read({ type }).kind).toBe(kind);
	});

	it('takes a bare value where the page says string/array', () => {
		expect(read({ name: 'image', type: 'string/array' })).toMatchObject({
			kind: 'list',
			media: 'image',
			acceptsSingle: true,
		});
	});

	it('lets a list of options win over the type', () => {
		expect(read({ type: 'string', options: ['a', 'b'] })).toMatchObject({
			kind: 'choice',
			choices: ['a', 'b'],
		});
		expect(read({ type: 'string', options: [] }).kind).toBe('text');
	});

	it.each([
		['integer (enum)', ['5', '10'], undefined, [5, 10]],
		['integer (enum)', ['5', '10'], '5', ['5', '10']],
		['string (enum)', [5, 10], undefined, ['5', '10']],
		['string (enum)', [5, 10], 5, [5, 10]],
		['enum', [5, '10', ''], undefined, [5, '10', '']],
		['boolean', ['true', 'false'], undefined, [true, false]],
	])('%s with %j and default %j offers %j', (type, options, value, choices) => {
		expect(read({ type, options, default_value: value }).choices).toEqual(choices);
	});

	it('reads options that carry a label', () => {
		const options = [{ label: 'Short', value: 5 }, { label: 'Long', value: 10 }, null, { x: [] }];
		expect(read({ type: 'enum', options })).toMatchObject({
			choices: [5, 10],
			choiceNames: { 5: 'Short', 10: 'Long' },
		});
	});
});

describe('other shapes of a schema', () => {
	it('reads JSON Schema', () => {
		const { parameters } = readModel('m', {
			parameters: {
				required: ['prompt'],
				properties: {
					prompt: { type: 'string', title: 'What to show', maxLength: 100 },
					seconds: { type: ['null', 'integer'], minimum: 1, maximum: 9, default: 5 },
					size: { enum: ['S', 'L'] },
				},
			},
		});
		expect(parameters).toMatchObject([
			{ name: 'prompt', label: 'What to show', kind: 'text', required: true, maxLength: 100 },
			{ name: 'seconds', kind: 'integer', required: false, min: 1, max: 9, defaultValue: 5 },
			{ name: 'size', kind: 'choice', choices: ['S', 'L'] },
		]);
	});

	it('skips what is malformed and second entries of a name', () => {
		const { parameters } = readModel('m', {
			parameters: [
				null,
				7,
				'prompt',
				{},
				{ name: '' },
				{ name: '__proto__', type: 'string' },
				{ key: 'seed', type: 'integer' },
				{ name: 'seed', type: 'string' },
			],
		} as never);
		expect(parameters).toHaveLength(1);
		expect(parameters[0]).toMatchObject({ name: 'seed', kind: 'integer', required: false });
	});

	it.each([
		['prompt', ['lyrics', 'prompt'], ['lyrics']],
		['text', ['voice_id', 'text'], []],
		['lyrics', ['lyrics', 'format'], []],
		['prompt.6', ['prompt.6'], []],
		['story', ['negative_story', 'story'], ['negative_story', 'story']],
		[undefined, ['story', 'plot'], ['story', 'plot']],
	])('takes the prompt in %s among %j', (expected, names, required) => {
		const parameters = names.map((name) => ({
			name,
			type: 'string',
			required: (required as string[]).includes(name),
		}));
		expect(readModel('m', { parameters }).promptParameter).toBe(expected);
	});

	it.each([
		['Max 2000 characters', 2000],
		['1–6000 chars', 6000],
		['up to 1,500 characters, please', 1500],
		['5000 characters max', 5000],
		['Max 2000 characters; max 800 characters in Chinese', undefined],
		['About 100 characters read best', undefined],
		['Max 10 MB', undefined],
	])('reads the length from "%s"', (description, length) => {
		expect(read({ type: 'string', description }).maxLength).toBe(length);
	});

	it.each([[undefined], [null], [7], ['text'], [[]], [{ parameters: 'x' }]])(
		'makes an empty model of %j',
		(detail) => {
			expect(readModel(' id ', detail as never)).toMatchObject({
				id: ' id ',
				name: 'id',
				parameters: [],
			});
		},
	);
});
