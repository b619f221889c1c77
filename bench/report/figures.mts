import { median } from '../../test/support/batches.js';
import {
	CONTENDERS,
	isFailure,
	isRun,
	type Contender,
	type Outcome,
	type Results,
	type Run,
} from '../results.mjs';

export const NAMES: Record<Contender, string> = {
	package: 'This package',
	handBuilt: 'Loop built by hand',
	serial: 'Serial node',
};

/** A median with what it comes from. */
export interface Figure {
	/** Undefined when every run failed. */
	value: number | undefined;
	low: number;
	high: number;
	/** How many runs it is the median of. */
	runs: number;
	/** The first failure in n8n's words, and how many there were. */
	failed?: { words: string; count: number };
}

export type Measure = (run: Run) => number;

export const timeRatio: Measure = ({ seconds, slowestJobSeconds }) => seconds / slowestJobSeconds;
export const calls: Measure = (run) => run.calls;
export const statusCalls: Measure = (run) => run.statusCalls;
/** None when n8n gave back more meanwhile than the run took. */
export const growthMiB: Measure = ({ growthBytes }) => Math.max(growthBytes, 0) / 1024 ** 2;

/** A batch or a file, with what each contender made of it. */
export interface Row {
	title: string;
	/** How long its jobs take. */
	jobs: string;
	runs: Record<Contender, Outcome[]>;
}

export function rowsOf({ batches, files }: Results): Row[] {
	return [
		...batches.map(({ jobs, jobSeconds, runs }) => ({
			title: jobs === 1 ? '1 job' : `${jobs} jobs`,
			jobs: range(jobSeconds),
			runs,
		})),
		...files.map(({ bytes, jobSeconds, runs }) => ({
			title: `1 job, ${size(bytes)}`,
			jobs: range(jobSeconds),
			runs,
		})),
	];
}

export function figuresOf(row: Row, measure: Measure): Record<Contender, Figure> {
	const entries = CONTENDERS.map((name) => [name, figureOf(row.runs[name], measure)] as const);
	return Object.fromEntries(entries) as Record<Contender, Figure>;
}

function figureOf(outcomes: Outcome[], measure: Measure): Figure {
	const failures = outcomes.filter(isFailure);
	const values = outcomes.filter(isRun).map(measure);
	return {
		...spreadOf(values),
		...(failures.length > 0 && { failed: { words: failures[0].failed, count: failures.length } }),
	};
}

/** The figure of plain numbers. */
export function spreadOf(values: number[]): Figure {
	return {
		value: values.length > 0 ? median(values) : undefined,
		low: Math.min(...values),
		high: Math.max(...values),
		runs: values.length,
	};
}

/** Three digits that say something. */
export function number(value: number): string {
	const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
	return value.toLocaleString('en', {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
}

export function whole(value: number): string {
	return Math.round(value).toLocaleString('en');
}

export function size(bytes: number): string {
	return bytes % 1024 ** 3 === 0 ? `${bytes / 1024 ** 3} GiB` : `${bytes / 1e6} MB`;
}

function range([from, to]: [number, number]): string {
	return from === to ? `${from} s` : `${from}–${to} s`;
}
