// `npm test`: everything that needs no n8n. With arguments, only jest, with these arguments.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { runProgram } from '../cli.mjs';
import { OUT, ROOT } from '../paths.mjs';

const CHECKS = [
	{ title: 'lint', program: '@n8n/node-cli/bin/n8n-node.mjs', args: ['lint'] },
	{ title: 'types of the package', program: 'typescript/bin/tsc', args: ['--noEmit'] },
	{ title: 'types of test', program: 'typescript/bin/tsc', args: ['-p', 'test'] },
	{ title: 'types of dev', program: 'typescript/bin/tsc', args: ['-p', 'dev'] },
	{
		title: 'direction of imports',
		program: 'dependency-cruiser/bin/dependency-cruise.mjs',
		args: ['nodes', 'credentials', '--output-type', 'err'],
	},
	{ title: 'dead code', program: 'knip/bin/knip.js', args: ['--no-progress', '--no-config-hints'] },
	{ title: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
];
const AT_ONCE = 2;

runProgram(async () => {
	const jestArgs = process.argv.slice(2);
	const failed = jestArgs.length > 0 ? [] : await runChecks();
	if (!(await runJest(jestArgs))) failed.push('tests');
	console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : '\nAll passed');
	return failed.length > 0 ? 1 : 0;
});

/** @returns {Promise<string[]>} the titles of the checks that failed */
async function runChecks() {
	const waiting = [...CHECKS];
	/** @type {string[]} */
	const failed = [];
	const worker = async () => {
		for (let check = waiting.shift(); check; check = waiting.shift()) {
			const startedAt = Date.now();
			const { passed, output } = await run(check.program, check.args, 'collect');
			if (!passed) failed.push(check.title);
			const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
			console.log(`${passed ? '✓' : '✗'} ${check.title} (${seconds} s)`);
			if (!passed) console.log(output);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return failed;
}

/** @param {string[]} extra */
async function runJest(extra) {
	mkdirSync(path.join(OUT, 'results'), { recursive: true });
	const results = path.join(OUT, 'results/unit.json');
	console.log('\n# jest');
	const args = ['--json', '--outputFile', results, ...extra];
	return (await run('jest/bin/jest.js', args, 'show')).passed;
}

/**
 * @param {string} program a file under node_modules
 * @param {string[]} args
 * @param {'collect' | 'show'} output
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
function run(program, args, output) {
	const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', program), ...args], {
		cwd: ROOT,
		// With --json jest prints the results to stdout as well, where nobody reads them.
		stdio: output === 'show' ? ['ignore', 'ignore', 'inherit'] : ['ignore', 'pipe', 'pipe'],
	});
	let text = '';
	child.stdout?.on('data', (chunk) => (text += chunk));
	child.stderr?.on('data', (chunk) => (text += chunk));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve({ passed: code === 0, output: text }));
	});
}
