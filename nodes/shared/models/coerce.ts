import { isChoice } from './choices';
import { isObject, numberOf, parseJsonText } from './json';
import type { Choice, ModelParameter } from './types';

/** The value in the JSON type the model expects, or `undefined` inside when there is no safe way to it. */
export type Coerced = { value: unknown } | undefined;

type Shape = Pick<ModelParameter, 'kind' | 'choices' | 'media' | 'acceptsSingle'>;

/**
 * Brings a value into the JSON type a parameter expects, only where nothing can be lost: `"5"` to 5 for
 * whole numbers, 5 to `"5"` for text, `"true"` to true, JSON text to a list or object, and addresses
 * divided by line breaks or commas to a list of files. Doing it twice changes nothing more.
 * Undefined when the value does not fit.
 */
export function coerce(parameter: Shape, value: unknown): Coerced {
	switch (parameter.kind) {
		case 'text':
			return isChoice(value) ? { value: String(value) } : undefined;
		case 'media':
			return typeof value === 'string' ? { value } : undefined;
		case 'integer':
		case 'number':
			return toNumber(value, parameter.kind === 'integer');
		case 'boolean':
			return toBoolean(value);
		case 'choice':
			return toChoice(value, parameter.choices ?? []);
		case 'list':
			return toList(value, parameter);
		case 'object':
			return toObject(value);
	}
}

function toNumber(value: unknown, whole: boolean): Coerced {
	const number = numberOf(value);
	return number === undefined || (whole && !Number.isInteger(number))
		? undefined
		: { value: number };
}

function toBoolean(value: unknown): Coerced {
	if (typeof value === 'boolean') return { value };
	const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
	return word === 'true' || word === 'false' ? { value: word === 'true' } : undefined;
}

function toChoice(value: unknown, choices: Choice[]): Coerced {
	if (!isChoice(value)) return undefined;
	if (choices.includes(value)) return { value };
	const same = choices.filter((choice) => String(choice) === String(value).trim());
	return same.length === 1 ? { value: same[0] } : undefined;
}

function toList(value: unknown, { media, acceptsSingle }: Shape): Coerced {
	if (Array.isArray(value)) return { value };
	if (typeof value !== 'string') return undefined;
	const parsed = parseJsonText(value);
	if (Array.isArray(parsed)) return { value: parsed };
	if (!media) return acceptsSingle ? { value } : undefined;
	const addresses = splitAddresses(value);
	return { value: acceptsSingle && addresses.length === 1 ? addresses[0] : addresses };
}

/** Commas are legal inside addresses and data URIs: one divides only before the start of the next. */
function splitAddresses(text: string): string[] {
	return text
		.split(/,?\s+|,(?=https?:\/\/|data:)/i)
		.map((address) => address.trim())
		.filter(Boolean);
}

function toObject(value: unknown): Coerced {
	const object = typeof value === 'string' ? parseJsonText(value) : value;
	return isObject(object) ? { value: object } : undefined;
}
