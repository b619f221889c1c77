import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { toNodeError } from '../errors/nodeError';
import { createModelReader } from '../models/catalogue';
import { isObject } from '../models/json';
import type { GmiModel } from '../models/types';
import { readForEditor, selectedModel } from './readForEditor';
import { formFields } from './formFields';

const JSON_MODE = 'Parameters can still be written as JSON.';

/**
 * The form for the chosen model (`formFields`). Where there is none, a notice says why: no model chosen, a
 * model that an expression picks at run time, one without parameters, or details that could not be had.
 *
 * @throws NodeApiError when details cannot be had for a form that is already filled: an empty answer
 * would let a refresh in the editor wipe what was typed, while a failed one leaves it as it is
 */
export async function getParameters(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const { id, isExpression } = selectedModel(this);
	if (!id) return notice('Choose a model to see its parameters.');
	if (isExpression) {
		return notice(
			`The model comes from an expression, so its parameters are known only at run time. ${JSON_MODE}`,
		);
	}
	const model = await readChosenModel(this, id);
	if (typeof model === 'string') return notice(`${escapeHtml(model)} ${JSON_MODE}`);
	const fields = formFields(model);
	if (fields.length) return { fields };
	return notice(
		model.parameters.length
			? `"${escapeHtml(model.name)}" takes nothing but the prompt.`
			: `GMI lists no parameters for "${escapeHtml(model.name)}". ${JSON_MODE}`,
	);
}

/** The model, or why there is none. */
async function readChosenModel(
	context: ILoadOptionsFunctions,
	id: string,
): Promise<GmiModel | string> {
	try {
		return await readForEditor(context, async (queue) => await createModelReader(queue)(id), id);
	} catch (error) {
		if (hasForm(context)) throw toNodeError(context.getNode(), error);
		const { message, description } = toNodeError(context.getNode(), error);
		return [message, description].filter(Boolean).join('. ').replace(/\s+/g, ' ');
	}
}

function notice(text: string): ResourceMapperFields {
	return { fields: [], emptyFieldsNotice: text };
}

function hasForm(context: ILoadOptionsFunctions): boolean {
	const stored: unknown = context.getCurrentNodeParameter('parameters');
	return isObject(stored) && Array.isArray(stored.schema) && stored.schema.length > 0;
}

/** The editor shows the notice as HTML, and names come from GMI. */
function escapeHtml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
