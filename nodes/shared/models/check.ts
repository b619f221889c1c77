import type { IDataObject } from 'n8n-workflow';

import { coerce } from './coerce';
import { isBlank, numberOf, ownValue } from './json';
import { nearestName } from './nearest';
import type { GmiModel, ModelParameter } from './types';
import { kindInWords, listInWords, nameInWords, rangeInWords, valueInWords } from './words';

/**
 * Everything about a payload that GMI would refuse or, worse, silently ignore: unknown names, values out
 * of the allowed ones, and required parameters that are missing. A parameter in `mediaParameters` counts
 * as set. Each answer is a complete sentence for the person who built the workflow; none means fine.
 */
export function checkPayload(
	model: GmiModel,
	payload: IDataObject,
	mediaParameters: string[] = [],
): string[] {
	const known = new Map(model.parameters.map((parameter) => [parameter.name, parameter]));
	const isSet = (name: string) =>
		mediaParameters.includes(name) || !isBlank(ownValue(payload, name));
	return [
		...Object.keys(payload).flatMap((name) => {
			const parameter = known.get(name);
			return parameter
				? checkValue(parameter, ownValue(payload, name))
				: [unknownName(model, name, isSet)];
		}),
		...mediaParameters
			.filter((name) => !isBlank(name))
			.flatMap((name) => checkMedia(model, name, payload, mediaParameters)),
		...model.parameters.flatMap((parameter) =>
			parameter.required && !isSet(parameter.name) && !isChosenBlank(parameter, payload)
				? [missing(model, parameter)]
				: [],
		),
	].filter((problem, index, all) => all.indexOf(problem) === index);
}

/** A choice whose allowed values include "" is set by it. */
function isChosenBlank({ name, choices }: ModelParameter, payload: IDataObject): boolean {
	return ownValue(payload, name) === '' && (choices ?? []).includes('');
}

function checkValue(parameter: ModelParameter, given: unknown): string[] {
	if (given === null || given === undefined) return [];
	if (given === '' && ['text', 'media', 'list'].includes(parameter.kind)) return [];
	const name = nameInWords(parameter);
	const coerced = coerce(parameter, given);
	if (!coerced) return [`${name} is ${valueInWords(given)}, but ${demand(parameter)}.`];
	return [
		...checkRange(parameter, name, coerced.value),
		...checkSize(parameter, name, coerced.value),
	];
}

function demand(parameter: ModelParameter): string {
	const { kind, choices = [] } = parameter;
	if (kind !== 'choice') return `it takes ${kindInWords(parameter)}`;
	return `only ${listInWords(choices)} ${choices.length === 1 ? 'is' : 'are'} allowed`;
}

/** Text that holds a number (GMI types some numbers as text) has to keep the range too. */
function checkRange(parameter: ModelParameter, name: string, value: unknown): string[] {
	const { min, max, kind } = parameter;
	const number = ['integer', 'number', 'text'].includes(kind) ? numberOf(value) : undefined;
	if (number === undefined) return [];
	if ((min === undefined || number >= min) && (max === undefined || number <= max)) return [];
	return [`${name} is ${number}, but it has to be a number${rangeInWords(parameter)}.`];
}

function checkSize(
	{ maxLength, maxItems }: ModelParameter,
	name: string,
	value: unknown,
): string[] {
	if (typeof value === 'string' && maxLength !== undefined) {
		const { length } = Array.from(value);
		if (length > maxLength) {
			return [`${name} is ${length} characters long, but at most ${maxLength} are allowed.`];
		}
	}
	if (Array.isArray(value) && maxItems !== undefined && value.length > maxItems) {
		return [`${name} has ${value.length} values, but at most ${maxItems} are allowed.`];
	}
	return [];
}

function unknownName(model: GmiModel, name: string, isSet: (name: string) => boolean): string {
	const names = model.parameters.map((parameter) => parameter.name);
	// A name that already has its value is not the one that was meant.
	const meant = nearestName(
		name,
		names.filter((candidate) => !isSet(candidate)),
	);
	const start = `"${model.name}" has no parameter "${name}"`;
	if (meant !== undefined) return `${start}; the nearest is "${meant}".`;
	return names.length ? `${start}; it has ${listInWords(names)}.` : `${start}; it has none.`;
}

function checkMedia(
	model: GmiModel,
	name: string,
	payload: IDataObject,
	mediaParameters: string[],
): string[] {
	const parameter = model.parameters.find((candidate) => candidate.name === name);
	if (!parameter) {
		const names = model.parameters.filter(({ media }) => media).map((candidate) => candidate.name);
		const start = `"${model.name}" has no parameter "${name}" for a file`;
		return [names.length ? `${start}; it takes files in ${listInWords(names)}.` : `${start}.`];
	}
	const label = nameInWords(parameter);
	if (!['media', 'list', 'text'].includes(parameter.kind)) {
		return [`${label} takes ${kindInWords(parameter)}, not a file.`];
	}
	if (!isBlank(ownValue(payload, name))) {
		return [`${label} is set twice, as a parameter and as a file; keep one of them.`];
	}
	const count = mediaParameters.filter((candidate) => candidate === name).length;
	if (parameter.kind !== 'list' && count > 1) {
		return [`${label} takes one file, but ${count} are given.`];
	}
	if (parameter.maxItems !== undefined && count > parameter.maxItems) {
		return [`${label} takes at most ${parameter.maxItems} files, but ${count} are given.`];
	}
	return [];
}

function missing(model: GmiModel, parameter: ModelParameter): string {
	const start = `${nameInWords(parameter)} is required`;
	if (parameter.name === model.promptParameter) return `${start}, but Prompt is empty.`;
	if (parameter.media) return `${start}: add it under Media Inputs, or give its public URL.`;
	const stated =
		parameter.defaultValue === undefined
			? ''
			: `; GMI suggests ${valueInWords(parameter.defaultValue)}`;
	return `${start}: it takes ${kindInWords(parameter)}${stated}.`;
}
