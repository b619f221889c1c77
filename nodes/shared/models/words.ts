import { shorten } from './names';
import type { Choice, ModelParameter } from './types';

/** A parameter as messages name it: label and payload key, or the key alone when they are the same. */
export function nameInWords({ name, label }: ModelParameter): string {
	return label === name ? `"${name}"` : `${label} ("${name}")`;
}

/** A value as messages show it: short, and long data without its bytes. */
export function valueInWords(value: unknown): string {
	if (value === undefined) return 'nothing';
	return shorten(JSON.stringify(value) ?? String(value), 60);
}

const MOST_LISTED = 20;

/** `"a", "b" and "c"`; what goes beyond twenty is counted. */
export function listInWords(values: Choice[]): string {
	const shown = values.slice(0, MOST_LISTED).map(valueInWords);
	if (values.length > MOST_LISTED) {
		return `${shown.join(', ')} and ${values.length - MOST_LISTED} more`;
	}
	const last = shown.pop() ?? '';
	return shown.length ? `${shown.join(', ')} and ${last}` : last;
}

/** What a parameter takes, as the end of "it takes …". */
export function kindInWords(parameter: ModelParameter): string {
	const { kind, media, acceptsSingle } = parameter;
	switch (kind) {
		case 'text':
			return 'text';
		case 'media':
			return `the address of ${media === 'video' ? 'a video' : media === 'audio' ? 'an audio file' : 'an image'}`;
		case 'integer':
			return `a whole number${rangeInWords(parameter)}`;
		case 'number':
			return `a number${rangeInWords(parameter)}`;
		case 'boolean':
			return 'true or false';
		case 'choice':
			return `one of ${listInWords(parameter.choices ?? [])}`;
		case 'list':
			return `a list (a JSON array)${acceptsSingle ? ' or a single text' : ''}`;
		case 'object':
			return 'a JSON object';
	}
}

/** ` from 4 to 15`, ` of at least 1`, ` of at most 10`, or nothing. */
export function rangeInWords({ min, max }: ModelParameter): string {
	if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
	if (min !== undefined) return ` of at least ${min}`;
	return max === undefined ? '' : ` of at most ${max}`;
}
