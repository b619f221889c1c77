import type { Model, Parameter } from './types.mjs';

type Extra = Record<string, unknown>;

const title = (name: string) =>
	name.replace(/[_.]/g, ' ').replace(/\b\w/g, (letter) => letter.toUpperCase());

/** A parameter with the fields that details usually have. */
export function parameter(name: string, type: string, extra: Extra = {}): Parameter {
	return { name, display_name: title(name), type, required: false, ...extra };
}

export const text = (name: string, extra: Extra = {}) => parameter(name, 'string', extra);
export const flag = (name: string, value: boolean) =>
	parameter(name, 'boolean', { default_value: value });
export const image = (name: string, extra: Extra = {}) => parameter(name, 'image', extra);
export const list = (name: string, extra: Extra = {}) =>
	parameter(name, 'array', { default_value: [], ...extra });

export const choice = (name: string, options: unknown[], usual?: unknown, extra: Extra = {}) =>
	parameter(name, 'enum', {
		options,
		...(usual === undefined ? {} : { default_value: usual }),
		...extra,
	});

export const whole = (name: string, usual?: unknown, low?: number, high?: number) =>
	parameter(name, 'integer', {
		...(usual === undefined ? {} : { default_value: usual }),
		...(low === undefined ? {} : { min_value: low }),
		...(high === undefined ? {} : { max_value: high }),
	});

export const decimal = (name: string, usual: number, low: number, high: number) =>
	parameter(name, 'float', { default_value: usual, min_value: low, max_value: high });

export const prompt = (limit?: number, extra: Extra = {}) =>
	text('prompt', {
		description: limit ? `What to make, in up to ${limit} characters.` : 'What to make, in words.',
		required: true,
		...extra,
	});

export const negative = (name = 'negative_prompt') =>
	text(name, { description: 'What should not appear.', default_value: '' });

type Traits = Partial<Omit<Model, 'id' | 'detail'>>;

/** A model whose detail has every usual top-level field. */
export function model(
	id: string,
	type: string | undefined,
	brief: string,
	parameters: unknown,
	extra: Extra = {},
	traits: Traits = {},
): Model {
	return {
		id,
		delivery: 'async',
		outcome: 'video',
		echo: 'payload',
		...traits,
		detail: {
			model: id,
			org_id: '',
			...(type === undefined ? {} : { model_type: type }),
			brief_description: brief,
			detailed_description: '',
			modalities: {},
			parameters,
			tags: [],
			...extra,
		},
	};
}

/** Prices are counted in millionths of a dollar. */
export const price = (microDollars: number, unit: string) => ({
	price_info: { price: microDollars, pricing_type: '', unit },
});

export const pricing = (details: string) => ({ pricing_details: details });
