// Runs a development command on a fresh clone: installs what is missing first, so nothing here may need a package.
import { spawn } from 'node:child_process';

import { onParentGone, PlainError, runProgram } from './cli.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { isAtLeast } from './machine.mjs';
import { ROOT } from './paths.mjs';
import { progressPrinter } from './progress.mjs';

const MINIMUM_NODE = '20.19';

/** @type {Record<string, string[]>} */
const TARGETS = {
	bench: ['--import', 'tsx', 'bench/main.mts'],
	compatibility: ['--import', 'tsx', 'dev/tests/compatibility.mts'],
	demo: ['--import', 'tsx', 'dev/demo/main.mts'],
	dev: ['--import', 'tsx', 'dev/demo/dev.mts'],
	screenshots: ['--import', 'tsx', 'dev/screenshots/main.mts'],
	test: ['--import', 'tsx', 'dev/tests/withoutN8n.mts'],
	'test:n8n': ['--import', 'tsx', 'dev/tests/n8n.mts'],
	'test:nodes': ['--import', 'tsx', 'dev/tests/nodes.mts'],
};

runProgram(async () => {
	const [target, ...rest] = process.argv.slice(2);
	const command = TARGETS[target];
	if (!command) throw new PlainError(`Say what to run: ${Object.keys(TARGETS).join(', ')}.`);
	if (!isAtLeast(process.version, MINIMUM_NODE)) {
		throw new PlainError(`Node ${MINIMUM_NODE} or newer is needed; this is ${process.version}.`);
	}
	await ensureDependencies(progressPrinter());
	return await run([...command, ...rest]);
});

/**
 * Hands the terminal over.
 *
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
function run(args) {
	const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
		process.on(signal, () => child.kill(signal));
	}
	onParentGone(() => child.kill('SIGTERM'));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
	});
}
