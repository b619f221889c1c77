// `npm test`: everything that needs no n8n. With arguments, only jest, with these arguments.
import { spawn } from 'node:child_process';
import path from 'node:path';

import { runProgram } from '../cli.mjs';
import { ROOT } from '../paths.mjs';
import { atOnce } from './atOnce.mjs';
import { runJest } from './jest.mjs';

const CHECKS = [
	{ title: 'lint', program: '@n8n/node-cli/bin/n8n-node.mjs', args: ['lint'] },
	{ title: 'types of the package', program: 'typescript/bin/tsc', args: ['--noEmit'] },
	{ title: 'types of test', program: 'typescript/bin/tsc', args: ['-p', 'test'] },
	{ title: 'types of dev', program: 'typescript/bin/tsc', args: ['-p', 'dev'] },
	{ title: 'types of bench', program: 'typescript/bin/tsc', args: ['-p', 'bench'] },
	{
		title: 'direction of imports',
		program: 'dependency-cruiser/bin/dependency-cruise.mjs',
		args: ['nodes', 'credentials', '--output-type', 'err'],
	},
	{ title: 'dead code', program: 'knip/bin/knip.js', args: ['--no-progress', '--no-config-hints'] },
	{ title: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
];
const CHECKS_AT_ONCE = 2;

runProgram(async () => {
	const jestArgs = process.argv.slice(2);
	const failed = jestArgs.length > 0 ? [] : await runChecks();
	console.log('\n# jest');
	const code = await runJest({ args: jestArgs, resultsFile: 'unit.json' });
	if (code !== 0) failed.push('tests');
	console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : '\nAll passed');
	return failed.length > 0 ? 1 : 0;
});

/** @returns the titles of the checks that failed */
async function runChecks(): Promise<string[]> {
	const failed = await atOnce(CHECKS_AT_ONCE, CHECKS, async ({ title, program, args }) => {
		const startedAt = Date.now();
		const { passed, output } = await runCheck(program, args);
		const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
		console.log(`${passed ? '✓' : '✗'} ${title} (${seconds} s)`);
		if (!passed) console.log(output);
		return passed ? [] : [title];
	});
	return failed.flat();
}

/** @param program a file under `node_modules` */
function runCheck(program: string, args: string[]): Promise<{ passed: boolean; output: string }> {
	const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', program), ...args], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk) => (output += chunk));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve({ passed: code === 0, output }));
	});
}
