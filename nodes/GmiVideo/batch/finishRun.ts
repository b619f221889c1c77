import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../../shared/errors/nodeError';
import { errorItem, wordedFor } from '../../shared/items/errorItem';
import type { AcceptedRequest, RunResult } from '../../shared/jobs/runTasks';

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
