import type { EngineRun } from './engine';
import { generate, prompts, type GmiRunOptions } from './generate';
import { startSandbox } from './sandbox';
import type {
	CountersView,
	FaultSpec,
	LogEntry,
	Overview,
	Sandbox,
	Settings,
} from './sandboxTypes';

/** One fault met by a batch of a size. */
export interface Cell {
	title: string;
	items: number;
	faults: FaultSpec[];
	settings?: Partial<Settings>;
	options?: GmiRunOptions;
}

/** What the node gave and what went over the wire. */
export interface CellResult extends EngineRun {
	counters: CountersView;
	requests: Overview;
	submits: LogEntry[];
	/** Items without an `error`. */
	good: EngineRun['items'];
	bad: EngineRun['items'];
}

const CELLS_AT_A_TIME = 16;

const QUICK: Partial<Settings> = {
	durationMs: 200,
	syncDurationMs: 100,
	defaultSeconds: 1,
	defaultSize: '320x180',
};

/** Runs cells side by side, each with a sandbox to itself while it runs. */
export async function runCells(cells: Cell[]): Promise<Map<string, CellResult>> {
	const results = new Map<string, CellResult>();
	const left = [...cells];
	const worker = async () => {
		const sandbox = await startSandbox(QUICK);
		try {
			for (let cell = left.shift(); cell !== undefined; cell = left.shift()) {
				await sandbox.reset();
				results.set(cell.title, await runCell(sandbox, cell));
			}
		} finally {
			await sandbox.stop();
		}
	};
	await Promise.all(Array.from({ length: CELLS_AT_A_TIME }, worker));
	return results;
}

async function runCell(
	sandbox: Sandbox,
	{ items, faults, settings, options = {} }: Cell,
): Promise<CellResult> {
	if (settings) await sandbox.configure(settings);
	for (const fault of faults) await sandbox.inject(fault);
	const { options: nodeOptions, ...parameters } = options.parameters ?? {};
	const run = await generate(sandbox, prompts(items), {
		settings: { onError: 'continueRegularOutput' },
		...options,
		parameters: { ...parameters, options: { pollInterval: 0.2, ...(nodeOptions as object) } },
	});
	return {
		...run,
		good: run.items.filter(({ json }) => json.error === undefined),
		bad: run.items.filter(({ json }) => json.error !== undefined),
		counters: await sandbox.counters(),
		requests: await sandbox.requests(),
		submits: await sandbox.log({ endpoint: 'submit' }),
	};
}
