import type { IExecuteFunctions } from 'n8n-workflow';

import { toNodeError } from '../../shared/errors/nodeError';
import { Cancelled } from '../../shared/flow/pause';
import type { AcceptedRequest } from '../../shared/jobs/runTasks';
import { phaseOf } from '../../shared/queue/records';
import { accountOf } from './finishRun';

/**
 * The error that ends a cancelled run: n8n counts it as cancelled, and it names what goes on at GMI, which
 * has no way to cancel through its API.
 */
export function cancelledRun(
	context: IExecuteFunctions,
	accepted: AcceptedRequest[],
	unanswered: number[],
): Error {
	const open = accepted.filter(({ record }) => phaseOf(record) === 'open');
	const besides = accountOf(open, undefined, unanswered);
	if (besides !== '') context.logger.warn(`Execution canceled. ${besides}`);
	return toNodeError(context.getNode(), new Cancelled(), { besides });
}
