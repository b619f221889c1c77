import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { asError } from '../../../shared/flow/asError';
import { toNodeError } from '../../../shared/errors/nodeError';
import { inOrder, runTasks, type Task } from '../../../shared/jobs/runTasks';
import { Ledger } from '../../../shared/jobs/ledger';
import { Cancelled } from '../../../shared/flow/pause';
import { Submitter } from '../../../shared/jobs/submit';
import type { GmiQueue, RequestRecord } from '../../../shared/queue/types';
import { cancelledRun } from '../../batch/cancelledRun';
import { refuseByCost } from '../../batch/cost';
import { readDrafts, type BadItem } from '../../batch/drafts';
import { finishRun } from '../../batch/finishRun';
import { Follower, type FollowOptions } from '../../batch/follow';
import { Progress } from '../../batch/progress';
import { runIndexOf } from '../../batch/runIndex';
import { readRunOptions, type RunOptions } from '../../batch/runOptions';
import { modelLocator } from '../../../shared/fields/modelLocator';
import { mediaInputs } from './mediaInputs';
import * as options from './options';
import { parameterFields } from './parameterFields';
import { binaryPropertyName, downloadOutput } from '../../../shared/fields/outputFields';

const properties: INodeProperties[] = [
	modelLocator(),
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. A paper boat drifts down a rainy street at dusk, slow tracking shot',
		description:
			"What the video shows. It goes to the model's own text parameter; leave it empty for models that need none.",
	},
	...parameterFields,
	mediaInputs,
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait until the video is done. Turned off, the node outputs the request ID at once, for GMI Video Status or GMI Video Trigger.',
	},
	{ ...downloadOutput, displayOptions: { show: { waitForCompletion: [true] } } },
	{
		...binaryPropertyName,
		displayOptions: { show: { waitForCompletion: [true], downloadOutput: [true] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			options.fileDelivery,
			options.maxConcurrent,
			options.maxCost,
			options.onTimeout,
			options.pollInterval,
			options.reuseWithin,
			options.skipValidation,
			options.timeout,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['video'], operation: ['generate'] } },
	properties,
);

/**
 * Sends a request for each item, side by side, and waits for all of them in one loop. Items come out in
 * input order.
 *
 * @throws NodeApiError or NodeOperationError, unless the node continues on fail
 */
export async function execute(
	this: IExecuteFunctions,
	queue: GmiQueue,
): Promise<INodeExecutionData[]> {
	const items = this.getInputData();
	const signal = this.getExecutionCancelSignal();
	const options = readRunOptions(this);
	const progress = new Progress(this, items.length);
	const ledger = new Ledger(this.getContext('node'), runIndexOf(this));
	const accepted = new Map(
		ledger.acceptedBefore.map(({ item, requestId }) => [item, earlier(requestId)]),
	);
	const unanswered = new Set<number>();
	let submitter: Submitter | undefined;
	let complete = false;
	try {
		const { drafts, bad } = await readDrafts(this, queue, items, options, signal);
		if (bad.length > 0 && !this.continueOnFail()) throw refusal(this, bad);
		const tooDear = refuseByCost(this, drafts, options.maxCost, progress);
		const toSend = tooDear.length > 0 ? [] : drafts;

		const plan = (stop: AbortSignal) => {
			const settings = { ...options, patienceMs: options.timeoutMs, signal: stop };
			const sender = (submitter = new Submitter(queue, ledger, settings, unanswered));
			const follower = new Follower(this, queue, readFollowOptions(this, options), progress, stop);
			return toSend.map(
				(draft): Task<INodeExecutionData> => ({
					item: draft.item,
					run: async (note) => {
						const { record, startedAt } = await sender.submit(draft);
						return await follower.follow(record, draft.item, startedAt, note);
					},
				}),
			);
		};
		const run = await runTasks(plan, { stopAtFirst: !this.continueOnFail(), signal, accepted });
		const settled = [...run.settled, ...bad, ...tooDear].sort((a, b) => a.item - b.item);
		complete = settled.every(({ error }) => error === undefined);
		return finishRun(this, { ...run, settled }, [...unanswered]);
	} catch (error) {
		throw error instanceof Cancelled
			? cancelledRun(this, inOrder(accepted), [...unanswered])
			: asError(error);
	} finally {
		submitter?.close();
		ledger.close(complete);
	}
}

/** What is known of a request that an earlier attempt got accepted, until it is looked up. */
function earlier(requestId: string): RequestRecord {
	return { request_id: requestId, model: '', status: 'accepted by an earlier attempt' };
}

function readFollowOptions(context: IExecuteFunctions, options: RunOptions): FollowOptions {
	return {
		...options,
		wait: context.getNodeParameter('waitForCompletion', 0, true) as boolean,
		download: context.getNodeParameter('downloadOutput', 0, true) as boolean,
		binaryName: context.getNodeParameter('binaryPropertyName', 0, 'data'),
	};
}

/** One error for all items that may not be sent: the first in full, the others below it. */
function refusal(context: IExecuteFunctions, [first, ...others]: BadItem[]): Error {
	const besides = others
		.map(({ item, error }) => toNodeError(context.getNode(), error, { item }).message)
		.join('\n');
	return toNodeError(context.getNode(), first.error, { item: first.item, besides });
}
