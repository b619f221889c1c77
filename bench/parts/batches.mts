import { Place, refresh } from '../place.mjs';
import { durations } from '../plan.mjs';
import { CONTENDERS, type BatchResult, type Contender } from '../results.mjs';
import type { Stage } from '../stage.mjs';
import { describe, emptyRuns, inRounds, type Case, type Runs } from './rounds.mjs';

const WITHOUT_SERIAL: Contender[] = ['package', 'handBuilt'];

/** n8n that run the long batches of the serial node side by side: they do little but wait. */
const SERIAL_LANES = 7;

interface Task {
	index: number;
	repetition: number;
	title: string;
	jobs: { durations: number[] };
}

/** Batches of jobs, in rounds; of the serial node only what is short. */
export async function runBatches(stage: Stage): Promise<Runs[]> {
	return await inRounds(stage, casesOf(stage));
}

/** The batches that take the serial node long. */
export class SerialLanes {
	private constructor(
		private readonly stage: Stage,
		private readonly tasks: Task[],
		private readonly places: Place[],
	) {}

	/** Starts what is needed, so that nothing but the runs themselves is left. */
	static async open(stage: Stage): Promise<SerialLanes> {
		const tasks = tasksOf(stage);
		const places: Place[] = [];
		for (let i = 0; i < Math.min(SERIAL_LANES, tasks.length); i++) {
			places.push(await Place.open(stage, 'serial', await stage.sandbox()));
			stage.note(`serial node, n8n ${i + 1} runs`);
		}
		await refresh(places);
		return new SerialLanes(stage, tasks, places);
	}

	/** @returns for each batch the outcomes of the serial node, none for those that run in rounds */
	async run(): Promise<Runs[]> {
		const all = this.stage.plan.batches.map(emptyRuns);
		const lane = async (place: Place) => {
			let used = false;
			for (let task = this.tasks.shift(); task; task = this.tasks.shift()) {
				if (used) await refresh([place]);
				used = true;
				const outcome = await place.run(task.jobs);
				all[task.index].serial[task.repetition] = outcome;
				this.stage.note(describe(task.title, task.repetition, 'serial', outcome));
			}
			await place.close();
		};
		await Promise.all(this.places.map(lane));
		return all;
	}
}

/** Both kinds of runs as one result for each batch. */
export function batchResults({ plan }: Stage, inTurn: Runs[], alone: Runs[]): BatchResult[] {
	return plan.batches.map((batch, index) => {
		const all = Array.from({ length: plan.repetitions }, (_, i) => durations(batch, i)).flat();
		const serial = [...inTurn[index].serial, ...alone[index].serial];
		return {
			jobs: batch.jobs,
			jobSeconds: [Math.min(...all) / 1000, Math.max(...all) / 1000],
			runs: { ...inTurn[index], serial },
		};
	});
}

function casesOf({ plan }: Stage): Case[] {
	return plan.batches.map((batch) => ({
		title: batch.jobs === 1 ? '1 job' : `${batch.jobs} jobs`,
		jobs: (repetition) => ({ durations: durations(batch, repetition) }),
		contenders: batch.jobs === 1 ? CONTENDERS : WITHOUT_SERIAL,
	}));
}

/** The longest first. */
function tasksOf(stage: Stage): Task[] {
	const repetitions = Array.from({ length: stage.plan.repetitions }, (_, i) => i);
	return casesOf(stage)
		.flatMap(({ title, jobs, contenders }, index) =>
			contenders.includes('serial')
				? []
				: repetitions.map((repetition) => ({ index, repetition, title, jobs: jobs(repetition) })),
		)
		.sort((a, b) => total(b) - total(a));
}

function total({ jobs }: Task): number {
	return jobs.durations.reduce((sum, ms) => sum + ms, 0);
}
