/** What the bench measures, run by run; `report/` takes the medians. */

export const CONTENDERS = ['package', 'handBuilt', 'serial'] as const;

export type Contender = (typeof CONTENDERS)[number];

/** One batch of jobs, from the workflow's start to its end as n8n stored them. */
export interface Run {
	seconds: number;
	slowestJobSeconds: number;
	/** To GMI's API, of every kind. */
	calls: number;
	/** Of these, the ones that ask how requests stand. */
	statusCalls: number;
	/** Of the n8n process at its peak, above what it held idle. */
	growthBytes: number;
}

export interface Failure {
	/** In the words of n8n. */
	failed: string;
}

export type Outcome = Run | Failure;

export interface BatchResult {
	jobs: number;
	/** Of the fastest and the slowest job of all repetitions. */
	jobSeconds: [from: number, to: number];
	runs: Record<Contender, Outcome[]>;
}

export interface FileResult {
	bytes: number;
	jobSeconds: [from: number, to: number];
	runs: Record<Contender, Outcome[]>;
}

export interface Opening {
	firstMs: number;
	firstCalls: number;
	/** The list is opened again right after. */
	againMs: number;
	againCalls: number;
}

export interface ModelListResult {
	models: number;
	openings: Record<'package' | 'serial', Opening[]>;
}

export interface TriggerResult {
	/** Old requests in GMI's list, one for each minute. */
	requests: number;
	/** Calls in the polls of each repetition. */
	polls: Array<{
		activation: number;
		/** One after the other while nothing new happens; the first ones may still read the past. */
		quiet: number[];
		/** After three requests have ended. */
		busy: number;
	}>;
}

export interface LoadResult {
	/** n8n's loader over the installed package, in a process of its own. */
	loader: Record<'package' | 'serial', Array<{ ms: number; modules: number }>>;
	/** From the start of n8n's process until it is ready, in seconds. */
	start: Record<'with' | 'without', number[]>;
}

export interface Machine {
	cores: number;
	memoryGiB: number;
	/** That n8n runs on. */
	node: string;
	n8n: string;
}

export interface Results {
	/** Quick ones are for development, and never get into docs. */
	kind: 'full' | 'quick';
	/** ISO, without the time. */
	date: string;
	package: string;
	machine: Machine;
	minutes: number;
	batches: BatchResult[];
	files: FileResult[];
	modelList: ModelListResult;
	triggers: TriggerResult[];
	load: LoadResult;
}

export function isFailure(outcome: Outcome): outcome is Failure {
	return 'failed' in outcome;
}

export function isRun(outcome: Outcome): outcome is Run {
	return !isFailure(outcome);
}
