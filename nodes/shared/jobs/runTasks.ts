import type { RequestRecord } from '../queue/types';
import { JobFailure } from './failure';
import { Cancelled, onAbort, throwIfCancelled, untilAborted, waitAtMost } from '../flow/pause';

/** How long answers to open calls are waited for once the run has to stop. */
const LAST_ANSWERS_MS = 10_000;

/** One item's way from its submit to its result. */
export interface Task<T> {
	item: number;
	/** Runs the item. `note` takes its request whenever more of it is known. */
	run: (note: (record: RequestRecord) => void) => Promise<T>;
}

type Settled<T> = { item: number } & (
	| { result: T; error?: undefined }
	| { result?: undefined; error: unknown }
);

/** Where each accepted request stood when the run ended. */
export interface AcceptedRequest {
	item: number;
	record: RequestRecord;
}

export interface RunResult<T> {
	settled: Array<Settled<T>>;
	accepted: AcceptedRequest[];
	/** Set when the run stopped early: the first item that ended badly. */
	firstFailure?: Settled<T>;
}

export interface RunSettings {
	/** Stop everything at the first bad end. */
	stopAtFirst: boolean;
	/** The execution's own. */
	signal?: AbortSignal;
	/** Filled with the last known record of each item's request, also when the run is cancelled. */
	accepted: Map<number, RequestRecord>;
}

/**
 * Runs all items side by side and gives their results in input order. With `stopAtFirst`, the first
 * bad end stops the waits of all others at once; calls that are open get a moment to be answered, so that
 * the ids of what they started are known.
 *
 * @param plan makes the tasks; the signal tells them to stop
 * @throws Cancelled when the execution was cancelled
 */
export async function runTasks<T>(
	plan: (stop: AbortSignal) => Array<Task<T>>,
	{ stopAtFirst, signal, accepted }: RunSettings,
): Promise<RunResult<T>> {
	const stop = new AbortController();
	const stopListening = signal ? onAbort(signal, () => stop.abort()) : () => {};
	let firstFailure: Settled<T> | undefined;

	const runs = plan(stop.signal).map(async ({ item, run }): Promise<Settled<T>> => {
		try {
			return { item, result: await run((record) => accepted.set(item, record)) };
		} catch (error) {
			noteRecord(accepted, item, error);
			const settled = { item, error };
			if (!(error instanceof Cancelled)) firstFailure ??= settled;
			if (stopAtFirst) stop.abort();
			return settled;
		}
	});

	try {
		const all = Promise.all(runs);
		await Promise.race([all, untilAborted(stop.signal)]);
		if (stop.signal.aborted && !signal?.aborted) {
			await waitAtMost(LAST_ANSWERS_MS, Promise.race([all, untilAborted(signal)]));
		}
		throwIfCancelled(signal);
		const settled = stop.signal.aborted && firstFailure ? [firstFailure] : await all;
		return { settled, accepted: inOrder(accepted), firstFailure };
	} finally {
		stopListening();
	}
}

export function inOrder(accepted: Map<number, RequestRecord>): AcceptedRequest[] {
	return [...accepted].map(([item, record]) => ({ item, record })).sort((a, b) => a.item - b.item);
}

function noteRecord(accepted: Map<number, RequestRecord>, item: number, error: unknown): void {
	const record = error instanceof JobFailure ? error.details.record : undefined;
	if (record) accepted.set(item, record);
}
