// `npm run test:n8n`: installs n8n where needed, then runs the tests in it. With arguments, one jest with these
// arguments, in the n8n that GMI_N8N_VERSION names.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { buildPackage } from '../buildPackage.mjs';
import { runProgram } from '../cli.mjs';
import { installHost, TESTED_VERSION } from '../n8n/index.mjs';
import { OUT } from '../paths.mjs';
import { progressPrinter, withProgress } from '../progress.mjs';
import { atOnce } from './atOnce.mjs';
import { writeSum } from './counts.mjs';
import { runJest } from './jest.mjs';
import { ALL_LANES, testedVersions, type Lane } from './lanes.mjs';

const CONFIG = ['--config', 'jest.n8n.config.js', '--runInBand'];
const ALL_RESULTS = 'n8n.json';

/** They mostly wait, but each starts an n8n now and then, or a browser. */
const LANES_AT_ONCE = 4;

const onProgress = progressPrinter();

runProgram(async () => {
	const args = process.argv.slice(2);
	return args.length > 0 ? await runSome(args) : await runAll();
});

async function runSome(args: string[]): Promise<number> {
	await installHost(TESTED_VERSION, { onProgress });
	return await runJest({ args: [...CONFIG, ...args], resultsFile: ALL_RESULTS });
}

async function runAll(): Promise<number> {
	const versions = testedVersions();
	await Promise.all(versions.map((version) => installHost(version, { onProgress })));
	const tarball = await withProgress('building the package', onProgress, buildOnce);

	const lanes = ALL_LANES.filter(({ version }) => versions.includes(version));
	const patient = lanes.filter(({ isPatient }) => isPatient);
	const codes = await atOnce(LANES_AT_ONCE, patient, (lane) => runLane(lane, tarball));
	for (const lane of lanes.filter(({ isPatient }) => !isPatient)) {
		codes.push(await runLane(lane, tarball));
	}
	writeSum(
		lanes.map(({ resultsFile }) => resultsFile),
		ALL_RESULTS,
	);
	return codes.every((code) => code === 0) ? 0 : 1;
}

/** A copy, as a demo among the tests builds the package anew. */
async function buildOnce(): Promise<string> {
	const built = await buildPackage();
	const tarball = path.join(OUT, 'test-n8n', path.basename(built));
	mkdirSync(path.dirname(tarball), { recursive: true });
	copyFileSync(built, tarball);
	return tarball;
}

async function runLane(lane: Lane, tarball: string): Promise<number> {
	const logFile = path.join(OUT, `logs/test-n8n-${lane.name}.log`);
	mkdirSync(path.dirname(logFile), { recursive: true });
	console.log(`… ${lane.name}: ${lane.folders.join(', ')}`);
	const startedAt = Date.now();
	const code = await runJest({
		args: [...CONFIG, ...lane.folders.map((folder) => `test/n8n/${folder}/`), ...LAST],
		resultsFile: lane.resultsFile,
		logFile,
		env: { GMI_N8N_VERSION: lane.version, GMI_TARBALL: tarball },
	});
	const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
	console.log(`\n=== ${lane.name} (${minutes} min)\n${readFileSync(logFile, 'utf8')}`);
	return code;
}

/** Looks through what the other tests of its lane left. */
const LAST = ['test/n8n/security.test.ts'];
