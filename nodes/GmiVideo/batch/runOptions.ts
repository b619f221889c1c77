import type { IExecuteFunctions } from 'n8n-workflow';

const MINUTE_MS = 60_000;

/** The node's options that rule a whole run, in code's units. Read from the first item. */
export interface RunOptions {
	maxConcurrent: number;
	/** US dollars; 0 = no limit. */
	maxCost: number;
	/** Emit a request that is still open at the time limit instead of ending in an error. */
	continueOnTimeout: boolean;
	/** Milliseconds; 0 = adaptive. */
	pollIntervalMs: number;
	/** Milliseconds; 0 = never. */
	reuseWithinMs: number;
	skipValidation: boolean;
	timeoutMs: number;
}

export function readRunOptions(context: IExecuteFunctions): RunOptions {
	const options = context.getNodeParameter('options', 0, {});
	const number = (name: string, fallback: number) => {
		const value = Number(options[name] ?? fallback);
		return Number.isFinite(value) && value >= 0 ? value : fallback;
	};
	return {
		maxConcurrent: Math.max(1, Math.floor(number('maxConcurrent', 10))),
		maxCost: number('maxCost', 0),
		continueOnTimeout: options.onTimeout === 'continue',
		pollIntervalMs: number('pollInterval', 0) * 1000,
		reuseWithinMs: number('reuseWithin', 0) * MINUTE_MS,
		skipValidation: options.skipValidation === true,
		timeoutMs: (number('timeout', 30) || 30) * MINUTE_MS,
	};
}
