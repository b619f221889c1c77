import type { IDataObject } from 'n8n-workflow';

import { firstGiven, isObject, numberOf, textOf } from './json';
import type { Choice } from './types';

export interface Choices {
	values: Choice[];
	names: Record<string, string>;
}

/**
 * The allowed values of a parameter, from `options` or JSON Schema's `enum`: plain values or
 * `{ label, value }`. They keep the JSON type GMI lists them in, unless the declared type plainly says
 * otherwise: `integer (enum)` with `"5"` means 5, `string (enum)` with 5 means `"5"`. A default tips the
 * scale back, for it shows what is really sent. Empty when nothing usable is listed.
 */
export function readChoices(raw: IDataObject, declaredType: string): Choices {
	const listed = [raw.options, raw.enum, raw.choices].find(
		(list): list is unknown[] => Array.isArray(list) && list.length > 0,
	);
	const given = firstGiven(raw.default_value, raw.default);
	const values: Choice[] = [];
	const names: Record<string, string> = Object.create(null) as Record<string, string>;
	for (const option of listed ?? []) {
		const value = isObject(option) ? firstGiven(option.value, option.name, option.label) : option;
		if (!isChoice(value)) continue;
		const choice = retype(value, declaredType, given);
		if (values.includes(choice)) continue;
		values.push(choice);
		const name = isObject(option) ? textOf(option.label) || textOf(option.name) : '';
		if (name && name !== String(choice)) names[String(choice)] = name;
	}
	return { values, names };
}

export function isChoice(value: unknown): value is Choice {
	if (typeof value === 'number') return Number.isFinite(value);
	return typeof value === 'string' || typeof value === 'boolean';
}

function retype(value: Choice, declaredType: string, given: unknown): Choice {
	if (typeof given === typeof value && given !== '') return value;
	if (/\b(integer|int|float|double|number|numeric)\b/.test(declaredType)) {
		return numberOf(value) ?? value;
	}
	if (/\bbool(ean)?\b/.test(declaredType)) {
		return value === 'true' ? true : value === 'false' ? false : value;
	}
	return /\b(string|text)\b/.test(declaredType) ? String(value) : value;
}
