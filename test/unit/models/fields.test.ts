import { formFields, labelWithHelp } from '../../../nodes/shared/methods/formFields';
import { buildPayload } from '../../../nodes/shared/models/payload';
import { readModel } from '../../../nodes/shared/models/readModel';
import { fixture, modelDetails } from '../../support/fixtures';
import { untouchedForm } from '../../support/untouchedForm';

const details = modelDetails();

describe('the form of every model known', () => {
	it.each(details)('$file sends nothing that was not set', ({ id, detail }) => {
		const model = readModel(id, detail);
		const { payload } = buildPayload(model, {
			prompt: '',
			fields: untouchedForm(formFields(model)),
			json: {},
			mediaParameters: [],
		});
		const required = model.parameters.filter((each) => each.required).map(({ name }) => name);
		expect(required).toEqual(expect.arrayContaining(Object.keys(payload)));
	});

	it.each(details)('$file asks for everything but the prompt, required first', ({ id, detail }) => {
		const model = readModel(id, detail);
		const fields = formFields(model);
		expect(fields.map((field) => field.id).sort()).toEqual(
			model.parameters
				.map(({ name }) => name)
				.filter((name) => name !== model.promptParameter)
				.sort(),
		);
		const flags = fields.map(({ required }) => required);
		expect(flags).toEqual([...flags].sort((a, b) => Number(b) - Number(a)));
	});
});

function labels(file: string) {
	const detail = fixture(file);
	return readModel(detail.model, detail).parameters.map(labelWithHelp);
}

it('puts range, default and unit into the labels', () => {
	expect(labels('reconstructed/model-detail-wan2.7-i2v.json')).toEqual([
		'Prompt (max 1500 characters)',
		'Negative Prompt (max 500 characters)',
		'First Frame (image URL)',
		'Last Frame (image URL)',
		'Driving Audio (URL)',
		'First Clip (video URL)',
		'Resolution (default 1080P)',
		'Duration (2–15 s, default 5)',
		'Prompt Extend (default on)',
		'Watermark (default off)',
		'Seed (0–2147483647)',
	]);
	expect(labels('reconstructed/model-detail-kling-v2-6.json')).toContain(
		'CFG Scale (0–1, default 0.5)',
	);
	expect(labels('reconstructed/model-detail-sora-2-pro.json')).toContain('Seconds (default 8)');
	expect(labels('reconstructed/model-detail-Luma-Ray2.json')).toContain('Duration (default 5s)');
	expect(labels('reconstructed/model-detail-wan2.7-r2v.json')).toContain(
		'Reference Image (URL, …, max 5)',
	);
	expect(labels('reconstructed/model-detail-kling-3-motion-control.json')).toContain(
		'Video URL (required, or Media Input)',
	);
	expect(labels('reconstructed/model-detail-heygen-avatar-4.json')).toEqual(
		expect.arrayContaining(['Video Inputs (JSON list)', 'Dimension (JSON object)']),
	);
});

describe('a field', () => {
	const field = (entry: object) =>
		formFields(readModel('m', { parameters: [{ name: 'p', ...entry }] }))[0];

	it('starts empty, but for a required one with a default', () => {
		expect(field({ type: 'integer', default_value: 5 })).not.toHaveProperty('defaultValue');
		expect(field({ type: 'integer', default_value: 5, required: true })).toMatchObject({
			required: true,
			defaultValue: '5',
		});
		const choice = { type: 'enum', options: [5, 10], default_value: 5, required: true };
		expect(field(choice)).toMatchObject({ type: 'options', defaultValue: 5 });
	});

	it('asks for a number as text: the editor of n8n 1 writes 0 into empty number fields', () => {
		expect(field({ type: 'integer' }).type).toBe('string');
		expect(field({ type: 'float' }).type).toBe('string');
		expect(field({ type: 'integer' }).displayName).toBe('P (whole number)');
		expect(field({ type: 'float' }).displayName).toBe('P (number)');
	});

	it('is a switch where the default is known and a list where it is not', () => {
		expect(field({ type: 'boolean', default_value: true })).toMatchObject({
			type: 'boolean',
			defaultValue: true,
		});
		const unknown = field({ type: 'boolean' });
		expect(unknown).toMatchObject({ type: 'options' });
		expect(unknown.options?.map(({ value }) => value)).toEqual(['true', 'false']);
	});

	it('offers "" under a name of its own', () => {
		expect(field({ type: 'enum', options: ['', 'echo'], default_value: '' }).options).toEqual([
			{ name: '(none)', value: '(none)' },
			{ name: 'echo', value: 'echo' },
		]);
	});

	it('never insists on a file', () => {
		expect(field({ type: 'image', required: true }).required).toBe(false);
	});

	it.each([
		[{ type: 'string' }, 'string'],
		[{ type: 'image' }, 'string'],
		[{ name: 'reference_images', type: 'array' }, 'string'],
		[{ type: 'array' }, 'array'],
		[{ type: 'object' }, 'object'],
		[{ type: 'new' }, 'string'],
	])('%j is shown as %s', (entry, type) => {
		expect(field(entry).type).toBe(type);
	});
});
