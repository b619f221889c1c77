import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import { JobFailure } from '../jobs/failure';
import { Cancelled } from '../flow/pause';
import { GmiFault } from '../queue/fault';
import { wordsOfFailure } from './failureWords';
import { wordsOfFault, type Words } from './faultWords';

export interface ErrorPlace {
	item?: number;
	/** Known when a single model is concerned; names it in the words. */
	model?: string;
	/** Said after the advice, such as what became of the other requests. */
	besides?: string;
}

/**
 * n8n's error for anything that ended an item or a node: the provider's words in the message, what to
 * do in the description. Errors that n8n made already keep their text.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	place: ErrorPlace = {},
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		return complete(error, error.message, error.description ?? undefined, place);
	}
	if (error instanceof Cancelled) {
		const cancelled = new NodeOperationError(node, error.message);
		return complete(cancelled, error.message, undefined, { ...place, item: undefined });
	}
	const words = wordsOfAny(error, place);
	if (error instanceof JobFailure || error instanceof GmiFault) {
		const fault = error instanceof GmiFault ? error : error.details.fault;
		const options = {
			message: words.message,
			httpCode: fault?.status === undefined ? undefined : String(fault.status),
			failure: words.failure,
		};
		const response: JsonObject = { message: words.message };
		const apiError = new NodeApiError(node, response, options);
		return complete(apiError, words.message, words.advice, place);
	}
	const operationError = new NodeOperationError(node, words.message);
	return complete(operationError, words.message, words.advice, place);
}

function wordsOfAny(error: unknown, { model }: ErrorPlace): Words {
	if (error instanceof JobFailure) return wordsOfFailure(error);
	if (error instanceof GmiFault) return wordsOfFault(error, model);
	const { message = String(error), description } = (error ?? {}) as Error & {
		description?: unknown;
	};
	return { message, advice: typeof description === 'string' ? description : '' };
}

/** Sets the texts last: the constructors of both classes replace messages that hold certain words. */
function complete<E extends NodeApiError | NodeOperationError>(
	error: E,
	message: string,
	advice: string | undefined,
	{ item, besides }: ErrorPlace,
): E {
	const suffix = item === undefined || /\[item \d+\]$/.test(message) ? '' : ` [item ${item}]`;
	error.message = `${message}${suffix}`;
	const description = [advice, besides].filter(Boolean).join('\n');
	if (description !== '') error.description = description;
	if (item !== undefined) error.context.itemIndex = item;
	return error;
}
