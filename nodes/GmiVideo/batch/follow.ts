import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { asError } from '../../shared/flow/asError';
import { Delivery, itemOf } from '../../shared/jobs/deliver';
import { JobFailure } from '../../shared/jobs/failure';
import { Watcher } from '../../shared/jobs/watch';
import { phaseOf } from '../../shared/queue/records';
import type { GmiQueue, RequestRecord } from '../../shared/queue/types';
import type { Progress } from './progress';
import type { RunOptions } from './runOptions';
import { isTool, toolItem } from '../../shared/items/toolAnswer';

export interface FollowOptions
	extends Pick<RunOptions, 'continueOnTimeout' | 'pollIntervalMs' | 'timeoutMs'> {
	wait: boolean;
	download: boolean;
	binaryName: string;
}

/** Follows accepted requests of one run to their items: waits, fetches files, words bad ends. */
export class Follower {
	private readonly tool: boolean;
	private readonly watcher: Watcher;
	private readonly delivery: Delivery;

	constructor(
		context: IExecuteFunctions,
		queue: GmiQueue,
		private readonly options: FollowOptions,
		private readonly progress: Progress,
		signal: AbortSignal | undefined,
	) {
		this.tool = isTool(context);
		this.delivery = new Delivery(context, queue, options.binaryName, signal);
		this.watcher = new Watcher(queue, {
			intervalMs: options.pollIntervalMs,
			timeoutMs: options.timeoutMs,
			signal,
			onStalled: (record) => progress.stalled(record),
			onStatus: (record) => progress.saw(record),
		});
	}

	/**
	 * The item of one request.
	 *
	 * @param startedAt local time in milliseconds when the request was made
	 * @throws JobFailure when the request ends badly, is still open at the time limit, or its files
	 * cannot be fetched
	 * @throws Cancelled
	 */
	async follow(
		record: RequestRecord,
		itemIndex: number,
		startedAt: number,
		note: (record: RequestRecord) => void,
	): Promise<INodeExecutionData> {
		note(record);
		this.progress.saw(record);
		if (!this.options.wait) return this.item(record, itemIndex);
		const ended = await this.ended(record, startedAt);
		note(ended);
		const phase = phaseOf(ended);
		if (phase === 'open') return this.item(ended, itemIndex);
		if (phase !== 'success') throw badEnd(phase, ended, startedAt);
		if (!this.options.download || this.tool) return this.item(ended, itemIndex);
		return await this.delivery.item(ended, itemIndex);
	}

	/** The record at its end, or as it stands at the time limit when the node goes on then. */
	private async ended(record: RequestRecord, startedAt: number): Promise<RequestRecord> {
		try {
			return await this.watcher.watch(record, startedAt);
		} catch (error) {
			const failure = error instanceof JobFailure ? error.details : undefined;
			const isTimeout = failure?.kind === 'timedOut' || failure?.kind === 'stalled';
			// An agent is told what to do next: an exception would only make it generate again.
			const goesOn = isTimeout && (this.options.continueOnTimeout || this.tool);
			if (goesOn && failure.record) return failure.record;
			throw asError(error);
		}
	}

	private item(record: RequestRecord, itemIndex: number): INodeExecutionData {
		return this.tool ? toolItem(record, itemIndex) : itemOf(record, itemIndex);
	}
}

function badEnd(
	kind: 'failed' | 'cancelled',
	record: RequestRecord,
	startedAt: number,
): JobFailure {
	const elapsedMs = Math.max(0, Date.now() - startedAt);
	return new JobFailure({ kind, model: record.model, record, elapsedMs });
}
