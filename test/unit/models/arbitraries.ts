import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { ModelParameter } from '../../../nodes/shared/models/types';

const TYPES = [
	'string',
	'text',
	'enum',
	'integer',
	'float',
	'numeric',
	'boolean',
	'image',
	'video (URL)',
	'audio',
	'array',
	'array of URLs',
	'string/array',
	'object',
	'string (enum)',
	'integer (enum)',
	'unheard of',
];

const NAMES = [
	'prompt',
	'text',
	'duration',
	'image',
	'reference_images',
	'person_image.24',
	'aspectRatio',
	'sound',
	'constructor',
	'toString',
	'__proto__',
	'length',
	'[object Object]',
];

const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 12 }));
const scalar = fc.oneof(
	fc.constantFrom<unknown>('', '5', '0.5', 'true', 'a', 5, 0.5, 0, true, false, null),
	fc.string({ maxLength: 8 }),
	fc.integer(),
	fc.double(),
);
const options = fc.array(fc.oneof(scalar, fc.record({ label: scalar, value: scalar })), {
	maxLength: 5,
});

/** A schema entry as GMI might write it, with any field missing or of the wrong type. */
const entry = fc.record(
	{
		name: fc.oneof({ weight: 9, arbitrary: name }, { weight: 1, arbitrary: fc.jsonValue() }),
		display_name: fc.oneof(name, fc.jsonValue({ maxDepth: 1 })),
		description: fc.constantFrom('', 'Max 10 characters', 'a public URL', 'up to 3 images'),
		type: fc.oneof(
			{ weight: 9, arbitrary: fc.constantFrom(...TYPES) },
			{ weight: 1, arbitrary: fc.jsonValue() },
		),
		required: fc.oneof(fc.boolean(), scalar),
		default_value: fc.oneof(scalar, fc.jsonValue({ maxDepth: 1 })),
		options: fc.oneof(options, fc.constant(undefined), fc.jsonValue({ maxDepth: 1 })),
		min_value: fc.oneof(fc.integer({ min: -20, max: 20 }), scalar),
		max_value: fc.oneof(fc.integer({ min: -20, max: 20 }), scalar),
	},
	{ requiredKeys: ['name'] },
);

/** Details of a model in any of the shapes met, some of them hostile. */
export const detail: fc.Arbitrary<IDataObject> = fc
	.oneof(
		{ weight: 6, arbitrary: fc.array(entry, { maxLength: 8 }) },
		{
			weight: 2,
			arbitrary: fc.record({
				properties: fc.dictionary(name, entry, { maxKeys: 5 }),
				required: fc.array(name),
			}),
		},
		{ weight: 1, arbitrary: fc.jsonValue() },
	)
	.map((parameters) => ({ parameters }) as unknown as IDataObject);

export const anyValue: fc.Arbitrary<unknown> = fc.oneof(scalar, fc.jsonValue());
export const anyFields = fc.dictionary(name, anyValue, { maxKeys: 8 });

/** A value the parameter allows, other than what its form starts with. */
export function legalValue(parameter: ModelParameter): unknown {
	const { kind, choices, min, max, defaultValue } = parameter;
	switch (kind) {
		case 'choice':
			return choices?.find((choice) => choice !== '') ?? '(none)';
		case 'integer':
			return min === undefined ? Math.floor(Math.min(3, max ?? 3)) : Math.ceil(min);
		case 'number':
			return min ?? Math.min(3, max ?? 3);
		case 'boolean':
			return defaultValue === undefined ? 'false' : !(defaultValue as boolean);
		case 'list':
			return '["https://a.example/1.png"]';
		case 'object':
			return '{"a":1}';
		default:
			return String(min ?? max ?? 'x');
	}
}
