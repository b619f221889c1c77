import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { toNodeError } from '../../shared/errors/nodeError';
import { jsonOf } from '../../shared/jobs/deliver';
import { JobFailure } from '../../shared/jobs/failure';
import type { AcceptedRequest, RunResult } from '../../shared/jobs/run';
import { isTool } from './toolAnswer';

/**
 * Turns a run's results into items in input order.
 *
 * @throws NodeApiError or NodeOperationError for the first item that ended badly, unless the node
 * continues on fail; it lists every request that was accepted and what became of it
 */
export function finishRun(
	context: IExecuteFunctions,
	{ settled, accepted, firstFailure }: RunResult<INodeExecutionData>,
	unanswered: number[] = [],
): INodeExecutionData[] {
	if (firstFailure !== undefined && !context.continueOnFail()) {
		const { item, error } = firstFailure;
		const besides = accountOf(accepted, item, unanswered);
		throw wordedFor(context, toNodeError(context.getNode(), error, { item, besides }));
	}
	return settled.map(({ item, result, error }) => result ?? errorItem(context, item, error));
}

/**
 * The item that stands for a bad end when the node continues on fail: the error in words, with the
 * request's record when one was accepted.
 */
export function errorItem(
	context: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
): INodeExecutionData {
	const nodeError = toNodeError(context.getNode(), error, { item: itemIndex });
	const json: IDataObject = { ...knownOf(error), error: nodeError.message };
	if (nodeError.description) json.error_description = nodeError.description;
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

/** One line for each accepted request but the one the error is about. */
export function accountOf(
	accepted: AcceptedRequest[],
	but?: number,
	unanswered: number[] = [],
): string {
	const lines = accepted
		.filter(({ item }) => item !== but)
		.map(({ item, record }) => `item ${item}: ${record.request_id} (${record.status})`);
	const parts: string[] = [];
	if (lines.length > 0) {
		parts.push(
			`Other requests that GMI Cloud accepted in this run, which go on there: ${lines.join('; ')}.`,
		);
	}
	const open = unanswered.filter((item) => item !== but);
	if (open.length > 0) {
		parts.push(
			`Not yet answered when the run ended, so GMI Cloud may have accepted them: item ${open.join(', ')}.`,
		);
	}
	return parts.join(' ');
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
