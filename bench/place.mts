import { setTimeout as sleep } from 'node:timers/promises';

import { peakMemory, resetPeakMemory, type Execution } from '../dev/n8n/index.mjs';
import type { RunningSandbox } from '../dev/sandbox/index.mjs';
import { prompts } from '../test/support/batches.js';
import { isFailure, type Contender, type Outcome, type Run } from './results.mjs';
import type { RunningHost, Stage } from './stage.mjs';
import { entryOf, type Entry } from './workflows.mjs';

/** All videos are the same small one, unless a file of some size is asked for. */
const VIDEO = { defaultSize: '320x180', defaultSeconds: 2 };
const STORAGE_ENDPOINTS = new Set(['artifact', 'put']);
/** n8n's garbage collector tidies up when nothing has happened for a dozen seconds. */
const REST_MS = 15_000;
const SAMPLE_MS = 4_000;
const STEADY_BYTES = 4 * 1024 ** 2;
/** Asking n8n whether a run has ended costs it something too. */
const ASK_EVERY_MS = 1_000;

export interface Jobs {
	/** In milliseconds, one for each job. */
	durations: number[];
	/** Of each video; as it was encoded without. */
	bytes?: number;
}

/** A contender in an n8n of its own. */
export class Place {
	private idleBytes = 0;
	private used = false;

	private constructor(
		readonly contender: Contender,
		private readonly host: RunningHost,
		private readonly sandbox: RunningSandbox,
		private readonly entry: Entry,
		private readonly workflowId: string,
	) {}

	static async open(stage: Stage, contender: Contender, sandbox: RunningSandbox): Promise<Place> {
		const host = await stage.start();
		const entry = await entryOf(contender, host.client, sandbox);
		const workflowId = await host.client.createWorkflow(entry.workflow);
		await host.client.activate(workflowId);
		return new Place(contender, host, sandbox, entry, workflowId);
	}

	/** A new process of n8n, unless the present one has done nothing yet. */
	async renew(): Promise<void> {
		if (this.used) await this.host.n8n.restart();
		this.used = true;
	}

	/**
	 * Loads all code that a run needs.
	 *
	 * @throws {Error} when not even one short job succeeds
	 */
	async warmUp(): Promise<void> {
		const outcome = await this.run({ durations: [1_000] });
		if (isFailure(outcome)) throw new Error(`${this.contender}: ${outcome.failed}`);
	}

	/** Waits until n8n has given back the memory that starting took, and remembers what is left. */
	async settle(): Promise<void> {
		await sleep(REST_MS);
		this.idleBytes = this.memory();
		for (let before = Infinity; before - this.idleBytes > STEADY_BYTES; ) {
			before = this.idleBytes;
			await sleep(SAMPLE_MS);
			this.idleBytes = this.memory();
		}
	}

	/** Of the moment, in bytes. */
	private memory(): number {
		const { pid } = this.host.n8n;
		resetPeakMemory(pid);
		return peakMemory(pid);
	}

	/** Runs jobs and makes sure that each gave its file. Whatever goes wrong is a result too. */
	async run(jobs: Jobs): Promise<Outcome> {
		const { n8n, client } = this.host;
		const box = this.sandbox.sandbox;
		box.reset();
		box.configure({
			...VIDEO,
			durationList: [...jobs.durations],
			artifactBytes: jobs.bytes ?? null,
		});
		resetPeakMemory(n8n.pid);
		try {
			await client.runWebhook(this.entry.workflow.name, { items: prompts(jobs.durations.length) });
			const { id } = await client.endOfExecution(this.workflowId, patience(jobs), ASK_EVERY_MS);
			const growthBytes = peakMemory(n8n.pid) - this.idleBytes;
			return this.outcome(await client.execution(id), jobs, growthBytes);
		} catch (error) {
			const crash = /FATAL ERROR: (.*)/.exec(n8n.log)?.[1];
			await n8n.restart();
			return { failed: crash ? `n8n ended: ${crash}` : (error as Error).message };
		} finally {
			await this.removeExecutions();
		}
	}

	/** With their files, of which there would soon be too many. */
	private async removeExecutions(): Promise<void> {
		const { client } = this.host;
		for (const { id } of await client.executions(this.workflowId)) await client.deleteExecution(id);
	}

	async close(): Promise<void> {
		await this.host.n8n.stop();
	}

	private outcome(execution: Execution, jobs: Jobs, growthBytes: number): Outcome {
		const { status, data, startedAt, stoppedAt } = execution;
		if (status !== 'success') {
			return { failed: data?.resultData.error?.message ?? `the execution ended as ${status}` };
		}
		const missing = this.missing(execution, jobs);
		if (missing) return { failed: missing };
		const run: Run = {
			seconds: (Date.parse(stoppedAt!) - Date.parse(startedAt)) / 1000,
			slowestJobSeconds: Math.max(...jobs.durations) / 1000,
			...this.calls(),
			growthBytes,
		};
		return run;
	}

	/** What is wrong with the files, if anything. */
	private missing({ data }: Execution, { durations, bytes }: Jobs): string | undefined {
		const runs = data?.resultData.runData[this.entry.last] ?? [];
		const items = runs.flatMap((run) => run.data?.main[0] ?? []);
		const files = items.filter(({ binary }) => binary?.data).length;
		if (files !== durations.length) return `${files} files of ${durations.length}`;
		const sent = this.sandbox.sandbox.log.find({ endpoint: 'artifact', status: 200 });
		const whole = sent.filter(
			({ sentBytes, aborted }) => !aborted && (bytes === undefined || sentBytes >= bytes),
		);
		return whole.length === durations.length ? undefined : `${whole.length} whole downloads`;
	}

	private calls(): Pick<Run, 'calls' | 'statusCalls'> {
		const { calls } = this.sandbox.sandbox.counters.view();
		const toApi = Object.entries(calls).filter(([endpoint]) => !STORAGE_ENDPOINTS.has(endpoint));
		return {
			calls: toApi.reduce((sum, [, count]) => sum + count, 0),
			statusCalls: (calls.get ?? 0) + (calls.list ?? 0),
		};
	}
}

/** Makes a round begin like every other one. Places may share a sandbox, so they warm up in turn. */
export async function refresh(places: Place[]): Promise<void> {
	await Promise.all(places.map((place) => place.renew()));
	for (const place of places) await place.warmUp();
	await Promise.all(places.map((place) => place.settle()));
}

/** Seconds after which a run is given up: all jobs one after the other, and half a minute for each. */
function patience({ durations }: Jobs): number {
	return durations.reduce((sum, ms) => sum + ms / 1000 + 30, 60);
}
