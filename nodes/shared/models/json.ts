import type { IDataObject } from 'n8n-workflow';

/** True for a JSON object: not an array, not null. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The trimmed text of a string; '' for anything else. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** True for what sets nothing: undefined, null, text without a visible character, an empty list. */
export function isBlank(value: unknown): boolean {
	if (typeof value === 'string') return !value.trim();
	return value === undefined || value === null || (Array.isArray(value) && !value.length);
}

const NUMERAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The number that a JSON number or a decimal numeral stands for; undefined for everything else, also for
 * whole numbers too large to keep every digit.
 */
export function numberOf(value: unknown): number | undefined {
	const isNumeral = typeof value === 'string' && NUMERAL.test(value.trim());
	if (typeof value !== 'number' && !isNumeral) return undefined;
	const number = Number(value);
	if (!Number.isFinite(number)) return undefined;
	return Number.isInteger(number) && !Number.isSafeInteger(number) ? undefined : number;
}

/** The first of the values that is neither undefined nor null. */
export function firstGiven(...values: unknown[]): unknown {
	return values.find((value) => value !== undefined && value !== null);
}

/** The JSON a text holds, when it is an object or array; undefined when it is anything else. */
export function parseJsonText(text: string): unknown {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** The value an object itself holds under a name, never one of its prototype's. */
export function ownValue(object: object, name: string): unknown {
	return Object.prototype.hasOwnProperty.call(object, name)
		? (object as Record<string, unknown>)[name]
		: undefined;
}
