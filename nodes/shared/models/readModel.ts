import type { IDataObject } from 'n8n-workflow';

import type { ModelDetail } from '../queue/types';
import { readChoices } from './choices';
import { coerce } from './coerce';
import { rawParameters, type RawParameter } from './entries';
import { firstGiven, isObject, textOf } from './json';
import { kindFromName, kindFromType } from './kinds';
import { readMaxItems, readMaxLength, readRange } from './limits';
import { mediaKindOfName, mediaKindOfType } from './media';
import { labelOf } from './names';
import { readPrice } from './price';
import { findPromptParameter } from './prompt';
import type { GmiModel, ModelParameter, ParameterKind } from './types';

/**
 * Reads GMI's details of a model, in any of the shapes its schemas come in, into what the form, the check
 * and the price need. What cannot be understood is left out or becomes text; it never throws.
 */
export function readModel(id: string, detail: ModelDetail): GmiModel {
	const source: IDataObject = isObject(detail) ? detail : {};
	const parameters = rawParameters(source.parameters).map(readParameter);
	const promptParameter = findPromptParameter(parameters);
	const price = readPrice(source.price_info, source.pricing_details);
	const pricingDetails = textOf(source.pricing_details);
	return {
		id,
		name: id.trim(),
		kind: kindFromType(textOf(source.model_type)) ?? kindFromName(id),
		summary: textOf(source.brief_description),
		parameters,
		...(promptParameter === undefined ? {} : { promptParameter }),
		...(price ? { price } : {}),
		...(pricingDetails ? { pricingDetails } : {}),
	};
}

function readParameter({ name, required, raw }: RawParameter): ModelParameter {
	const description = textOf(raw.description);
	const declared = declaredType(raw);
	const { values, names } = readChoices(raw, declared);
	const shape = values.length
		? { kind: 'choice' as const, choices: values }
		: readShape(name, declared, `${declared} ${description} ${textOf(raw.format)}`);
	const maxLength = shape.kind === 'text' ? readMaxLength(raw, description) : undefined;
	const maxItems = shape.kind === 'list' ? readMaxItems(raw, description) : undefined;
	const defaultValue = readDefault(raw, shape);
	return {
		name,
		label: labelOf(name, textOf(raw.display_name) || textOf(raw.title)),
		description,
		required,
		...shape,
		...(defaultValue === undefined ? {} : { defaultValue }),
		...(Object.keys(names).length ? { choiceNames: names } : {}),
		...readRange(raw),
		...(maxLength === undefined ? {} : { maxLength }),
		...(maxItems === undefined ? {} : { maxItems }),
	};
}

/** The type in lower case; of JSON Schema's several types the first that is not null. */
function declaredType({ type }: IDataObject): string {
	const types: unknown[] = Array.isArray(type) ? type : [type];
	return (types.map(textOf).find((word) => word && word !== 'null') ?? '').toLowerCase();
}

const KIND_BY_TYPE: Array<[ParameterKind, RegExp]> = [
	['boolean', /\b(boolean|bool)\b/],
	['integer', /\b(integer|int)\b/],
	['number', /\b(float|double|number|numeric|decimal)\b/],
	['object', /\b(object|json|dict)\b/],
];

type Shape = Pick<ModelParameter, 'kind' | 'media' | 'acceptsSingle'>;

function readShape(name: string, declared: string, help: string): Shape {
	if (/\b(array|list)\b|\[\]/.test(declared)) {
		const media = mediaKindOfType(declared) ?? mediaKindOfName(name, help);
		const acceptsSingle = /\/|\||\bor\b/.test(declared);
		return {
			kind: 'list',
			...(media ? { media } : {}),
			...(acceptsSingle ? { acceptsSingle } : {}),
		};
	}
	const kind = KIND_BY_TYPE.find(([, type]) => type.test(declared))?.[0];
	if (kind) return { kind };
	const media = mediaKindOfType(declared) ?? mediaKindOfName(name, help);
	return media ? { kind: 'media', media } : { kind: 'text' };
}

/** `default_value`, then `default`. Null, the empty text of a field that is no choice, and misfits count as none. */
function readDefault(raw: IDataObject, shape: Shape): ModelParameter['defaultValue'] {
	const given = firstGiven(raw.default_value, raw.default);
	if (given === undefined || (given === '' && shape.kind !== 'choice')) return undefined;
	return coerce(shape, given)?.value as ModelParameter['defaultValue'];
}
