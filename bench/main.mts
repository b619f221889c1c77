// `npm run bench`: this package beside a loop built by hand and a serial node, in real n8n against the sandbox. A full
// run of all parts writes docs/bench.md, its picture and bench/results.json.
import { execFileSync } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import path from 'node:path';

import { runProgram } from '../dev/cli.mjs';
import { endOnSignal } from '../dev/demo/endOnSignal.mjs';
import { OUT, ROOT } from '../dev/paths.mjs';
import manifest from '../package.json' with { type: 'json' };
import { batchResults, runBatches, SerialLanes } from './parts/batches.mjs';
import { measureFiles } from './parts/files.mjs';
import { measureLoad } from './parts/load.mjs';
import { measureModelList } from './parts/modelList.mjs';
import { measureTrigger } from './parts/trigger.mjs';
import { PARTS, readPlan, type Part } from './plan.mjs';
import { writeReport, writeResults } from './report/write.mjs';
import type { Machine, Results } from './results.mjs';
import { Stage } from './stage.mjs';

runProgram(async () => {
	const plan = readPlan(process.argv.slice(2));
	const ending = endOnSignal();
	const stage = await Stage.set(plan);
	ending.by(() => stage.close());
	try {
		const measured = await measure(stage);
		const about = {
			kind: plan.kind,
			date: new Date().toISOString().slice(0, 10),
			package: manifest.version,
			machine: machineOf(stage),
			minutes: stage.minutes,
		};
		if (isComplete(measured)) await publish({ ...about, ...measured });
		else await writeResults({ ...about, ...measured }, path.join(OUT, 'bench/parts.json'));
		stage.note(`done; the results are in ${path.relative(ROOT, OUT)}/bench`);
	} finally {
		await stage.close();
	}
});

type Measured = Pick<Results, 'batches' | 'files' | 'modelList' | 'triggers' | 'load'>;

/**
 * The long batches of the serial node, which does little but wait, and the trigger, which waits for the clock, run
 * beside the other parts; those run one after the other.
 */
async function measure(stage: Stage): Promise<Partial<Measured>> {
	const wants = (part: Part) => stage.plan.parts.includes(part);
	const lanes = wants('batches') ? await SerialLanes.open(stage) : undefined;

	const oneByOne = async () => ({
		inTurn: wants('batches') ? await runBatches(stage) : undefined,
		files: wants('files') ? await measureFiles(stage) : undefined,
		modelList: wants('models') ? await measureModelList(stage) : undefined,
		load: wants('load') ? await measureLoad(stage) : undefined,
	});
	const [triggers, alone, { inTurn, ...others }] = await Promise.all([
		wants('trigger') ? measureTrigger(stage) : undefined,
		lanes?.run(),
		oneByOne(),
	]);
	const batches = inTurn && alone && batchResults(stage, inTurn, alone);
	return { batches, triggers, ...others };
}

function isComplete(measured: Partial<Measured>): measured is Measured {
	return PARTS.length === Object.values(measured).filter(Boolean).length;
}

async function publish(results: Results): Promise<void> {
	await writeResults(results, path.join(OUT, `bench/${results.kind}.json`));
	await writeReport(results, path.join(OUT, 'bench'));
	if (results.kind === 'quick') return;
	await writeResults(results, path.join(ROOT, 'bench/results.json'));
	await writeReport(results, path.join(ROOT, 'docs'));
}

function machineOf({ host }: Stage): Machine {
	const node = execFileSync(host.node.program, ['--version'], { encoding: 'utf8' });
	return {
		cores: availableParallelism(),
		memoryGiB: Math.round(totalmem() / 1024 ** 3),
		node: node.trim().replace(/^v/, ''),
		n8n: host.version,
	};
}
