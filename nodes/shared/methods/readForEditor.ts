import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { isObject } from '../models/json';
import { gmiQueue } from '../queue/client';
import type { GmiQueue } from '../queue/types';
import { lookupError } from '../errors/lookupError';

/** The id of the model chosen in the node, verbatim, or ''; `isExpression` when only a run can tell it. */
export function selectedModel(context: ILoadOptionsFunctions): {
	id: string;
	isExpression: boolean;
} {
	const given: unknown = context.getCurrentNodeParameter('model');
	const value: unknown = isObject(given) ? given.value : given;
	const id = typeof value === 'string' && value.trim() ? value : '';
	return { id, isExpression: id.startsWith('=') };
}

/**
 * Reads something from GMI for the editor.
 *
 * @throws NodeApiError or NodeOperationError that says in words what went wrong and what to do
 */
export async function readForEditor<T>(
	context: ILoadOptionsFunctions,
	read: (queue: GmiQueue) => Promise<T>,
	model?: string,
): Promise<T> {
	const queue = await gmiQueue(context);
	try {
		return await read(queue);
	} catch (error) {
		throw await lookupError(context.getNode(), queue, error, { model });
	}
}
