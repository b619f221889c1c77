import type { IDataObject } from 'n8n-workflow';

import { checkPayload } from './check';
import { coerce } from './coerce';
import { isBlank, isObject, ownValue } from './json';
import type { GmiModel, ModelParameter } from './types';
import { nameInWords } from './words';

/** What one item brings for a request. */
export interface PayloadInput {
	/** The node's Prompt; '' when it was left empty. */
	prompt: string;
	/** What the form gives: the resourceMapper's `value`, read without n8n's conversions. */
	fields: Record<string, unknown>;
	/** Parameters written as JSON; {} when there are none. */
	json: IDataObject;
	/** The parameters that media inputs fill, one entry per file. */
	mediaParameters: string[];
	/** Fields whose value is an expression (see `expressionFields`): their false was meant. */
	expressions?: ReadonlySet<string>;
}

export interface BuiltPayload {
	payload: IDataObject;
	/** Complete sentences on what has to be put right before paying; none means it may be sent. */
	problems: string[];
}

/** How the form stores a chosen "" (see `methods/resourceMapping`): the editor turns "" itself into nothing. */
export const EMPTY_CHOICE = '(none)';

/**
 * Makes the payload of a request out of what the user set, and only that.
 *
 * The form cannot keep "" or null, so a blank field is one nobody filled and is not sent. Its switches
 * always hold true or false: one that stands where it stood when the form opened, at the model's default,
 * or at false when GMI states no default, is not sent. Every other value of the form was chosen. JSON is
 * what somebody wrote: null, false and "" in it are sent.
 *
 * The prompt goes to the model's own main text; form fields win over it, JSON wins over both. Values are
 * brought to the model's JSON type where that is safe (`coerce`) and otherwise left as they are for the
 * check to name. Without a model nothing is known, so nothing is changed or checked and the prompt goes to
 * `prompt`. The payload is complete even when there are problems, for callers that skip the check.
 */
export function buildPayload(model: GmiModel | undefined, input: PayloadInput): BuiltPayload {
	const parameters = new Map(model?.parameters.map((parameter) => [parameter.name, parameter]));
	const values = new Map<string, unknown>();
	const problems: string[] = [];

	const promptName = model ? model.promptParameter : 'prompt';
	if (!isBlank(input.prompt)) {
		if (promptName === undefined) problems.push(noPrompt(model?.name ?? ''));
		else values.set(promptName, input.prompt);
	}
	for (const [name, value] of Object.entries(input.fields)) {
		const parameter = parameters.get(name);
		if (isUntouched(parameter, value, input.expressions?.has(name) ?? false)) continue;
		values.set(name, fit(parameter, chosen(parameter, value)));
	}
	for (const [name, value] of Object.entries(input.json)) {
		values.set(name, fit(parameters.get(name), value));
	}

	const payload = Object.fromEntries(values) as IDataObject;
	if (!model) return { payload, problems };
	if (promptName !== undefined && isOtherText(input.prompt, ownValue(payload, promptName))) {
		problems.push(twoPrompts(parameters.get(promptName)));
	}
	return {
		payload,
		problems: [...problems, ...checkPayload(model, payload, input.mediaParameters)],
	};
}

/**
 * The names of the fields that hold an expression, from the resourceMapper as the node stores it
 * (`getNode().parameters`, unresolved). A false that an expression gives was meant; one from a switch
 * nobody touched was not.
 */
export function expressionFields(mapper: unknown): Set<string> {
	const value = isObject(mapper) && isObject(mapper.value) ? mapper.value : {};
	return new Set(
		Object.keys(value).filter((name) => {
			const written = value[name];
			return typeof written === 'string' && written.startsWith('=');
		}),
	);
}

function isUntouched(
	parameter: ModelParameter | undefined,
	value: unknown,
	isExpression: boolean,
): boolean {
	if (value === undefined || value === null || value === '') return true;
	if (typeof value !== 'boolean' || isExpression) return false;
	if (parameter && parameter.kind !== 'boolean') return false;
	return value === (parameter?.defaultValue ?? false);
}

function chosen(parameter: ModelParameter | undefined, value: unknown): unknown {
	const choices = parameter?.choices ?? [];
	return value === EMPTY_CHOICE && choices.includes('') && !choices.includes(value) ? '' : value;
}

function fit(parameter: ModelParameter | undefined, value: unknown): unknown {
	const coerced = parameter && !isBlank(value) ? coerce(parameter, value) : undefined;
	return coerced ? coerced.value : value;
}

function isOtherText(prompt: string, sent: unknown): boolean {
	return !isBlank(prompt) && !isBlank(sent) && sent !== prompt;
}

function noPrompt(model: string): string {
	return `"${model}" has no parameter for a text, but Prompt is filled; leave Prompt empty.`;
}

function twoPrompts(parameter: ModelParameter | undefined): string {
	const name = parameter ? nameInWords(parameter) : '"prompt"';
	return `Prompt and the parameters set different texts for ${name}; leave one of them empty.`;
}
