import { parseArgs } from 'node:util';

import { PlainError } from '../dev/cli.mjs';
import { spread } from '../test/support/batches.js';

export const PARTS = ['batches', 'files', 'models', 'trigger', 'load'] as const;

export type Part = (typeof PARTS)[number];

const SECOND = 1_000;
const MB = 1_000_000;
const GIB = 1024 ** 3;

/** What a run of the bench measures. */
export interface Plan {
	kind: 'full' | 'quick';
	parts: readonly Part[];
	repetitions: number;
	batches: Batch[];
	fileBytes: number[];
	models: number;
	triggerRequests: number[];
	/** While nothing new happens, a minute each. */
	triggerPolls: number;
}

/** The slowest job takes `slowestMs` in the first repetition and a second longer in each further one. */
interface Batch {
	jobs: number;
	slowestMs: number;
}

/**
 * The jobs of 200 are short, as a node that takes them one by one needs half an hour even so.
 */
const FULL: Omit<Plan, 'parts'> = {
	kind: 'full',
	repetitions: 5,
	batches: [
		{ jobs: 1, slowestMs: 10.5 * SECOND },
		{ jobs: 20, slowestMs: 20 * SECOND },
		{ jobs: 200, slowestMs: 6 * SECOND },
	],
	fileBytes: [10 * MB, 100 * MB, GIB],
	models: 324,
	triggerRequests: [100, 10_000],
	triggerPolls: 14,
};

const QUICK: Omit<Plan, 'parts'> = {
	...FULL,
	kind: 'quick',
	repetitions: 1,
	batches: [
		{ jobs: 1, slowestMs: 6 * SECOND },
		{ jobs: 3, slowestMs: 8 * SECOND },
		{ jobs: 10, slowestMs: 8 * SECOND },
	],
	fileBytes: [1 * MB, 10 * MB, 100 * MB],
	triggerRequests: [100, 1_000],
	triggerPolls: 2,
};

const FILE_JOB_MS = 5.5 * SECOND;

/**
 * How long each job of a batch takes, in milliseconds. From one repetition to the next they grow by a second, so that
 * over five of them a loop that asks every 5 s meets the ends of jobs at every point of its interval.
 */
export function durations({ jobs, slowestMs }: Batch, repetition: number): number[] {
	const slowest = slowestMs + repetition * SECOND;
	return jobs === 1 ? [slowest] : spread(jobs, slowest / 2, slowest);
}

/** The same for the one job whose file is measured. */
export function fileDurations(repetition: number): number[] {
	return durations({ jobs: 1, slowestMs: FILE_JOB_MS }, repetition);
}

/** @throws {PlainError} when the arguments make no sense */
export function readPlan(args: string[]): Plan {
	try {
		const { values } = parseArgs({
			args,
			options: {
				quick: { type: 'boolean', default: false },
				only: { type: 'string', multiple: true, default: [] },
			},
		});
		const parts = values.only.flatMap((text) => text.split(',')).map(toPart);
		return { ...(values.quick ? QUICK : FULL), parts: parts.length > 0 ? parts : PARTS };
	} catch (error) {
		throw new PlainError(
			`${(error as Error).message}\nUsage: npm run bench -- [--quick] [--only <part>], where a part is one of ${PARTS.join(', ')}.`,
		);
	}
}

function toPart(text: string): Part {
	const part = PARTS.find((name) => name === text);
	if (!part) throw new Error(`There is no part "${text}".`);
	return part;
}
