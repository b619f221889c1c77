import type { IContextObject, IDataObject } from 'n8n-workflow';

import type { Draft } from '../../../nodes/shared/jobs/draft';
import { JobFailure } from '../../../nodes/shared/jobs/failure';
import { Ledger } from '../../../nodes/shared/jobs/ledger';
import { runTasks, type RunResult } from '../../../nodes/shared/jobs/runTasks';
import { fingerprint } from '../../../nodes/shared/jobs/samePayload';
import { Submitter } from '../../../nodes/shared/jobs/submit';
import { Watcher } from '../../../nodes/shared/jobs/watch';
import { phaseOf } from '../../../nodes/shared/queue/records';
import { shortId } from '../../support/fakeGmi';
import type { GmiQueue, RequestRecord } from '../../../nodes/shared/queue/types';

export interface Content {
	model: string;
	payload: IDataObject;
	defaults?: IDataObject;
}

export interface JobsRun {
	queue: GmiQueue;
	contents: Content[];
	/** n8n's context of the node: the same for each try of Retry On Fail. */
	context?: IContextObject;
	runIndex?: number;
	continueOnFail?: boolean;
	wait?: boolean;
	maxConcurrent?: number;
	timeoutMs?: number;
	intervalMs?: number;
	reuseWithinMs?: number;
	signal?: AbortSignal;
}

/** What one try of the node came to. */
export interface JobsResult {
	/** How the run ended as a whole, when it did not end in results. */
	error?: unknown;
	run?: RunResult<RequestRecord>;
	accepted: Map<number, RequestRecord>;
	unanswered: Set<number>;
}

function draftOf({ model, payload, defaults = {} }: Content, item: number): Draft {
	return {
		item,
		model,
		identity: fingerprint([model, payload]),
		defaults,
		payload: async () => await Promise.resolve(payload),
	};
}

/** Runs the parts as the operation Generate puts them together, without downloads. */
export async function runJobs(node: JobsRun): Promise<JobsResult> {
	const { queue, contents, context = {}, runIndex = 0, signal } = node;
	const { timeoutMs = 1_800_000, continueOnFail = false, wait = true } = node;
	const ledger = new Ledger(context, runIndex);
	const result: JobsResult = { accepted: new Map(), unanswered: new Set() };
	let submitter: Submitter | undefined;
	let complete = false;
	try {
		const plan = (stop: AbortSignal) => {
			const settings = {
				maxConcurrent: node.maxConcurrent ?? 10,
				patienceMs: timeoutMs,
				reuseWithinMs: node.reuseWithinMs ?? 0,
				signal: stop,
			};
			const sender = (submitter = new Submitter(queue, ledger, settings, result.unanswered));
			const watcher = new Watcher(queue, {
				intervalMs: node.intervalMs ?? 0,
				timeoutMs,
				signal: stop,
			});
			return contents.map((content, item) => ({
				item,
				run: async (note: (record: RequestRecord) => void) => {
					const { record, startedAt } = await sender.submit(draftOf(content, item));
					note(record);
					if (!wait) return record;
					const ended = await watcher.watch(record, startedAt);
					note(ended);
					const phase = phaseOf(ended);
					if (phase === 'failed' || phase === 'cancelled') {
						throw new JobFailure({ kind: phase, model: ended.model, record: ended });
					}
					return ended;
				},
			}));
		};
		const { accepted } = result;
		result.run = await runTasks(plan, { stopAtFirst: !continueOnFail, signal, accepted });
		complete = result.run.settled.every(({ error }) => error === undefined);
		if (result.run.firstFailure && !continueOnFail) result.error = result.run.firstFailure.error;
	} catch (error) {
		result.error = error;
	} finally {
		submitter?.close();
		ledger.close(complete);
	}
	return result;
}

/** The short request ids of the items that ended well, by item. */
export function idsOf({ run }: JobsResult): Array<string | undefined> {
	const ids: Array<string | undefined> = [];
	for (const { item, result } of run?.settled ?? []) {
		ids[item] = result && shortId(result.request_id);
	}
	return ids;
}

/** How an item ended badly. */
export function failureOf({ run }: JobsResult, item: number): JobFailure | undefined {
	const error = run?.settled.find((settled) => settled.item === item)?.error;
	return error instanceof JobFailure ? error : undefined;
}
