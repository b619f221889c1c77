import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { toNodeError } from '../errors/nodeError';
import { jsonOf } from '../jobs/deliver';
import { JobFailure } from '../jobs/failure';
import { isTool, toolItem } from './toolAnswer';

/**
 * The item that stands for a bad end when the node continues on fail: the error in words, with the
 * request's record when one was accepted.
 */
export function errorItem(
	context: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
): INodeExecutionData {
	const nodeError = wordedFor(context, toNodeError(context.getNode(), error, { item: itemIndex }));
	const asTool = isTool(context);
	const known = asTool ? knownByTool(error, itemIndex) : knownOf(error);
	const json: IDataObject = { ...known, error: nodeError.message };
	if (nodeError.description && !asTool) json.error_description = nodeError.description;
	const item: INodeExecutionData = { json, pairedItem: { item: itemIndex } };
	if (context.getNode().onError === 'continueErrorOutput') markForErrorOutput(item, nodeError);
	return item;
}

/** An agent is shown the message only: what to do and the request ids have to be in it. */
export function wordedFor<E extends NodeApiError | NodeOperationError>(
	context: IExecuteFunctions,
	error: E,
): E {
	if (isTool(context) && error.description)
		error.message = `${error.message}. ${error.description}`;
	return error;
}

function knownByTool(error: unknown, itemIndex: number): IDataObject {
	const record = error instanceof JobFailure ? error.details.record : undefined;
	return record ? toolItem(record, itemIndex).json : knownOf(error);
}

function knownOf(error: unknown): IDataObject {
	if (!(error instanceof JobFailure)) return {};
	const { model, record, candidates, fault } = error.details;
	if (record) return jsonOf(record);
	return {
		model,
		...(fault?.requestId === undefined ? {} : { request_id: fault.requestId }),
		...(candidates === undefined ? {} : { possible_request_ids: candidates }),
	};
}

/**
 * n8n moves an item to the error output when it has `error`, and then replaces its `json` by the message
 * if `error` is still there. Not being enumerable, it is lost in the copy that n8n makes in between,
 * and the request id stays in the item.
 */
function markForErrorOutput(item: INodeExecutionData, error: Error): void {
	Object.defineProperty(item, 'error', { value: error, enumerable: false, configurable: true });
}
