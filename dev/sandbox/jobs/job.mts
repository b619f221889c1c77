import type { Account } from '../accounts.mjs';
import type { Model } from '../catalogue/types.mjs';

export type JobStatus =
	| 'created'
	| 'queued'
	| 'dispatched'
	| 'processing'
	| 'success'
	| 'failed'
	| 'cancelled';

export type FinalStatus = Extract<JobStatus, 'success' | 'failed' | 'cancelled'>;

/** Who brought a request into the queue. */
type JobSource = 'api' | 'console' | 'history' | 'refused';

/** A status and the time (milliseconds) it is reached. */
export interface Step {
	at: number;
	status: JobStatus;
}

/** What goes beside or into a record when a request did not succeed. */
export interface Failure {
	outcome: unknown;
	/** Fields on the record itself, e.g. `error_message`. */
	fields?: Record<string, unknown>;
}

export interface Job {
	id: string;
	model: Model;
	account: Account;
	payload: Record<string, unknown>;
	source: JobSource;
	/** Value of `?source_product=`, when the submit had it. */
	sourceProduct?: string;
	createdMs: number;
	/** In order of time; the last step that lies in the past is the status. */
	steps: Step[];
	failure?: Failure;
	/** Number of outputs, for models that give several. */
	outputs?: number;
	/** Names the artifacts of this request; drawn when they are first asked for. */
	artifactFolder?: string;
	/** The first minted addresses, kept when addresses do not renew. */
	outcome?: unknown;
}

export function currentStep(job: Job, now: number): Step {
	let current = job.steps[0];
	for (const step of job.steps) if (step.at <= now) current = step;
	return current;
}

export function isFinal(status: JobStatus): status is FinalStatus {
	return status === 'success' || status === 'failed' || status === 'cancelled';
}

export const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
