import { CONTENDERS, isFailure, type Contender, type Outcome } from '../results.mjs';
import type { Stage } from '../stage.mjs';
import { Place, refresh, type Jobs } from '../place.mjs';

/** One thing to measure, the same for every contender. */
export interface Case {
	title: string;
	jobs(repetition: number): Jobs;
	contenders: readonly Contender[];
}

export type Runs = Record<Contender, Outcome[]>;

/**
 * Runs the cases in rounds: each contender in turn for one case, then the next case, then all of it again, so that
 * whatever else the machine does hits all alike. They share a sandbox, and each has an n8n of its own.
 *
 * @returns for each case the outcomes, one for each repetition
 */
export async function inRounds(stage: Stage, cases: Case[]): Promise<Runs[]> {
	const sandbox = await stage.sandbox();
	const places: Place[] = [];
	for (const contender of CONTENDERS) places.push(await Place.open(stage, contender, sandbox));

	const all = cases.map(emptyRuns);
	for (let repetition = 0; repetition < stage.plan.repetitions; repetition++) {
		await refresh(places);
		for (const [index, { title, contenders, jobs }] of cases.entries()) {
			for (const place of places.filter(({ contender }) => contenders.includes(contender))) {
				const outcome = await place.run(jobs(repetition));
				all[index][place.contender].push(outcome);
				stage.note(describe(title, repetition, place.contender, outcome));
			}
		}
	}
	for (const place of places) await place.close();
	return all;
}

export function emptyRuns(): Runs {
	return { package: [], handBuilt: [], serial: [] };
}

export function describe(
	title: string,
	repetition: number,
	contender: Contender,
	outcome: Outcome,
): string {
	const what = `${title}, repetition ${repetition + 1}, ${contender}`;
	if (isFailure(outcome)) return `${what}: failed: ${outcome.failed}`;
	const { seconds, slowestJobSeconds, calls, growthBytes } = outcome;
	const ratio = (seconds / slowestJobSeconds).toFixed(2);
	const mebibytes = Math.round(growthBytes / 1024 ** 2);
	return `${what}: ${seconds.toFixed(1)} s = ${ratio} × slowest job, ${calls} calls, ${mebibytes} MiB`;
}
