import type { FieldType, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';

import { plainName } from '../models/names';
import { EMPTY_CHOICE } from '../models/payload';
import type { GmiModel, ModelParameter } from '../models/types';
import { valueInWords } from '../models/words';

/**
 * The form of a model, required fields first. The prompt parameter is left out: the node's Prompt fills it.
 *
 * What a field shows as filled is what is sent, and it starts empty unless the model insists: only a
 * required parameter starts with GMI's own default, which has to be sent anyway. A switch cannot be empty,
 * so it starts at the default and `buildPayload` leaves it out while it stands there; where GMI states no
 * default a list with Yes and No takes its place. The editor turns a chosen "" into nothing, so the
 * choice "" travels as `EMPTY_CHOICE`.
 *
 * Numbers are typed as text (see `typeOf`); `coerce` makes numbers of them.
 *
 * Media fields are never required here: n8n refuses to run a node with an empty required field, and the
 * file may come from Media Inputs instead. `checkPayload` sees both.
 */
export function formFields({ parameters, promptParameter }: GmiModel): ResourceMapperField[] {
	return parameters
		.filter(({ name }) => name !== promptParameter)
		.map(formField)
		.sort((a, b) => Number(b.required) - Number(a.required));
}

function formField(parameter: ModelParameter): ResourceMapperField {
	const required = parameter.required && !parameter.media;
	const options = optionsOf(parameter);
	const type = options ? 'options' : typeOf(parameter);
	const start = startValue(parameter, required);
	return {
		id: parameter.name,
		displayName: labelWithHelp(parameter),
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type,
		...(options ? { options } : {}),
		...(start === undefined ? {} : { defaultValue: type === 'string' ? String(start) : start }),
	};
}

function typeOf({ kind, media }: ModelParameter): FieldType {
	switch (kind) {
		case 'boolean':
			return 'boolean';
		case 'object':
			return 'object';
		case 'list':
			// As text, addresses need no JSON; `coerce` makes the list.
			return media ? 'string' : 'array';
		default:
			// Numbers too: the editor of n8n 1 writes 0 into every number field that was left empty.
			return 'string';
	}
}

function optionsOf({ kind, choices, choiceNames, defaultValue }: ModelParameter) {
	if (kind === 'boolean' && defaultValue === undefined) {
		return [
			{ name: 'Yes', value: 'true' },
			{ name: 'No', value: 'false' },
		];
	}
	return choices?.map(
		(choice): INodePropertyOptions => ({
			name: choice === '' ? EMPTY_CHOICE : (choiceNames?.[String(choice)] ?? String(choice)),
			value: choice === '' ? EMPTY_CHOICE : choice,
		}),
	);
}

function startValue({ kind, defaultValue }: ModelParameter, required: boolean) {
	if (defaultValue === '') return required ? EMPTY_CHOICE : undefined;
	const isPlain = ['string', 'number', 'boolean'].includes(typeof defaultValue);
	if (!isPlain || (kind !== 'boolean' && !required)) return undefined;
	return defaultValue as string | number | boolean;
}

const LENGTHS = ['duration', 'durationSeconds', 'seconds', 'video_length'].map(plainName);

/**
 * The label with what a form cannot show otherwise: `Duration (2–15 s, default 5)`. The editor cuts labels
 * after about thirty characters, so words are few and what is needed most comes first.
 */
export function labelWithHelp(parameter: ModelParameter): string {
	const { label, required, media, kind, min, max, maxLength, maxItems, defaultValue } = parameter;
	const unit = isSeconds(parameter) && !/second/i.test(label) ? ' s' : '';
	const range = kind === 'text' ? '' : rangeOf(min, max);
	const help: string[] = [];
	if (media && required) help.push('required, or Media Input');
	if (media && (kind === 'list' || !/\burl\b/i.test(label))) help.push(addressOf(parameter));
	if (kind === 'list' && !media) help.push('JSON list');
	if (kind === 'object') help.push('JSON object');
	if (range) help.push(range + unit);
	if (maxLength !== undefined) help.push(`max ${maxLength} characters`);
	if (maxItems !== undefined) help.push(`max ${maxItems}`);
	if (isWorthShowing(defaultValue)) {
		help.push(`default ${valueOf(defaultValue)}${range ? '' : unit}`);
	} else if (unit && !range) {
		help.push('seconds');
	} else if (!range && (kind === 'integer' || kind === 'number')) {
		help.push(kind === 'integer' ? 'whole number' : 'number');
	}
	return help.length ? `${label} (${help.join(', ')})` : label;
}

/** What is typed into a media field: `image URL`, or `URL, …` where several are taken. */
function addressOf({ label, media, kind }: ModelParameter): string {
	const isNamed = label.toLowerCase().includes(String(media));
	const address = isNamed ? 'URL' : `${media} URL`;
	return kind === 'list' ? `${address}, …` : address;
}

function isSeconds({ name, kind, choices = [] }: ModelParameter): boolean {
	if (!LENGTHS.includes(plainName(name))) return false;
	return kind === 'choice'
		? choices.every((choice) => /^\d+$/.test(String(choice)))
		: kind === 'integer' || kind === 'number';
}

function rangeOf(min?: number, max?: number): string {
	if (min !== undefined && max !== undefined) return `${min}–${max}`;
	if (min !== undefined) return `from ${min}`;
	return max === undefined ? '' : `up to ${max}`;
}

function isWorthShowing(value: unknown): boolean {
	return value !== undefined && value !== '' && (typeof value !== 'object' || hasContent(value));
}

function hasContent(value: object | null): boolean {
	return value !== null && Object.keys(value).length > 0;
}

function valueOf(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return typeof value === 'string' ? valueInWords(value).slice(1, -1) : valueInWords(value);
}
