import type { IDataObject } from 'n8n-workflow';

import { isObject, textOf } from './json';

/** A parameter as the model's schema writes it, with its name and whether it is required settled. */
export interface RawParameter {
	name: string;
	required: boolean;
	raw: IDataObject;
}

/**
 * The parameters of a schema in any of its shapes: GMI's list of entries, JSON Schema
 * (`{ properties, required }`) or a plain map of name to entry. Entries without a usable name and second
 * entries of the same name are left out. Never throws.
 */
export function rawParameters(parameters: unknown): RawParameter[] {
	const entries = Array.isArray(parameters) ? fromList(parameters) : fromObject(parameters);
	const seen = new Set<string>();
	return entries.filter(({ name }) => {
		// A payload key of this name would set a prototype instead of a value.
		if (!name.trim() || name === '__proto__' || seen.has(name)) return false;
		seen.add(name);
		return true;
	});
}

function fromList(list: unknown[]): RawParameter[] {
	return list.filter(isObject).map((raw) => ({
		name: typeof raw.name === 'string' && raw.name.trim() ? raw.name : textOf(raw.key),
		required: isTrue(raw.required),
		raw,
	}));
}

function fromObject(parameters: unknown): RawParameter[] {
	if (!isObject(parameters)) return [];
	const isSchema = isObject(parameters.properties);
	const properties = isSchema ? (parameters.properties as IDataObject) : parameters;
	const names: unknown[] =
		isSchema && Array.isArray(parameters.required) ? parameters.required : [];
	return Object.entries(properties).flatMap(([name, raw]) =>
		isObject(raw) ? [{ name, required: names.includes(name) || isTrue(raw.required), raw }] : [],
	);
}

function isTrue(value: unknown): boolean {
	return value === true || textOf(value).toLowerCase() === 'true';
}
