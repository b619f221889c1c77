import type { GmiFault } from '../queue/fault';
import type { RequestRecord } from '../queue/types';

/**
 * How a job ended badly:
 *
 * - `refused`: GMI refused the submit; nothing was started.
 * - `overloaded`: GMI kept refusing for load until the time limit; nothing was started.
 * - `uncertain`: the submit ended without a clear answer and the list does not show the request.
 * - `unsearchable`: an identical request was to be looked for, and the list could not be had; nothing was sent.
 * - `failed`, `cancelled`: the request ended so at GMI.
 * - `timedOut`, `stalled`: still open at the time limit, the latter without ever having been touched.
 * - `unwatchable`: GMI no longer tells how the request stands.
 * - `undelivered`: the request succeeded and its files could not be fetched.
 */
export type JobFailureKind =
	| 'refused'
	| 'overloaded'
	| 'uncertain'
	| 'unsearchable'
	| 'failed'
	| 'cancelled'
	| 'timedOut'
	| 'stalled'
	| 'unwatchable'
	| 'undelivered';

export interface JobFailureDetails {
	kind: JobFailureKind;
	model: string;
	/** The request as last seen; absent when none was accepted. */
	record?: RequestRecord;
	/** What GMI's interface answered, where that is the cause. */
	fault?: GmiFault;
	/** The provider's or storage's own reason, where it is not in `fault`. */
	reason?: string;
	/** Milliseconds since the submit, or since the wait began. */
	elapsedMs?: number;
	/** For `uncertain`: ids in the list that may be this request. */
	candidates?: string[];
}

/** One job that ended without its result. `describeFailure` puts it into words. */
export class JobFailure extends Error {
	constructor(readonly details: JobFailureDetails) {
		super(details.kind);
		this.name = 'JobFailure';
	}

	get requestId(): string | undefined {
		return this.details.record?.request_id;
	}
}
