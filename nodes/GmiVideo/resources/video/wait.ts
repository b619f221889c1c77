import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { Cancelled } from '../../../shared/flow/pause';
import { madeAt } from '../../../shared/jobs/recentRequests';
import { inOrder, runTasks, type Task } from '../../../shared/jobs/runTasks';
import { Slots } from '../../../shared/flow/slots';
import { GmiFault } from '../../../shared/queue/fault';
import type { GmiQueue, RequestRecord } from '../../../shared/queue/types';
import { cancelledRun } from '../../batch/cancelledRun';
import { finishRun } from '../../batch/finishRun';
import { Follower } from '../../batch/follow';
import { Progress } from '../../batch/progress';
import { readRunOptions } from '../../batch/runOptions';
import * as options from './options';
import { binaryPropertyName, downloadOutput, requestId } from '../../../shared/fields/outputFields';
import { readRequestId } from './findRequest';

const LOOK_UPS_AT_A_TIME = 5;

const properties: INodeProperties[] = [
	requestId,
	downloadOutput,
	{ ...binaryPropertyName, displayOptions: { show: { downloadOutput: [true] } } },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [options.onTimeout, options.pollInterval, options.timeout],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['video'], operation: ['wait'] } },
	properties,
);

/**
 * Waits for requests made elsewhere, one id an item, all in one loop. Items come out in input order.
 *
 * @throws NodeApiError or NodeOperationError, unless the node continues on fail
 */
export async function execute(
	this: IExecuteFunctions,
	queue: GmiQueue,
): Promise<INodeExecutionData[]> {
	const items = this.getInputData();
	const signal = this.getExecutionCancelSignal();
	const progress = new Progress(this, items.length);
	const accepted = new Map<number, RequestRecord>();
	const startedAt = Date.now();

	const plan = (stop: AbortSignal) => {
		const follower = new Follower(
			this,
			queue,
			{
				...readRunOptions(this),
				wait: true,
				download: this.getNodeParameter('downloadOutput', 0, true) as boolean,
				binaryName: this.getNodeParameter('binaryPropertyName', 0, 'data'),
			},
			progress,
			stop,
		);
		const lookUp = lookUpOnce(queue);
		return items.map(
			(_, item): Task<INodeExecutionData> => ({
				item,
				run: async (note) => {
					const record = await lookUp(readRequestId(this, item));
					return await follower.follow(record, item, startOf(queue, record, startedAt), note);
				},
			}),
		);
	};
	try {
		const run = await runTasks(plan, { stopAtFirst: !this.continueOnFail(), signal, accepted });
		return finishRun(this, run);
	} catch (error) {
		throw error instanceof Cancelled ? cancelledRun(this, inOrder(accepted), []) : (error as Error);
	}
}

/** Learns each request's model, so that many of one model are watched together. */
function lookUpOnce(queue: GmiQueue): (id: string) => Promise<RequestRecord> {
	const slots = new Slots(LOOK_UPS_AT_A_TIME);
	const known = new Map<string, Promise<RequestRecord>>();
	return async (id) => {
		const record =
			known.get(id) ??
			slots.run(async () => await queue.getRequest(id)).catch((error) => stubWhenFaulty(error, id));
		known.set(id, record);
		return await record;
	};
}

/** Watching rides out what may pass and tells what does not. */
function stubWhenFaulty(error: unknown, id: string): RequestRecord {
	if (!(error instanceof GmiFault)) throw error as Error;
	return { request_id: id, model: '', status: 'unknown' };
}

function startOf(queue: GmiQueue, record: RequestRecord, fallback: number): number {
	return record.created_at === undefined ? fallback : madeAt(queue, record);
}
