// `npm run test:n8n`: installs n8n where needed, then runs the tests in it. Arguments go to jest.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { runProgram } from './cli.mjs';
import { DEFAULT_VERSION, installHost, OLDEST_VERSION } from './n8n/index.mjs';
import { OUT, ROOT } from './paths.mjs';
import { progressPrinter } from './progress.mjs';

runProgram(async () => {
	for (const version of versions()) await installHost(version, { onProgress: progressPrinter() });
	return await runJest(process.argv.slice(2));
});

/** The oldest supported n8n takes minutes more to install, so only CI insists on it; tests use it where it is. */
function versions(): string[] {
	return process.env.CI ? [DEFAULT_VERSION, OLDEST_VERSION] : [DEFAULT_VERSION];
}

function runJest(extra: string[]): Promise<number> {
	const program = path.join(ROOT, 'node_modules/jest/bin/jest.js');
	mkdirSync(path.join(OUT, 'results'), { recursive: true });
	const results = path.join(OUT, 'results/n8n.json');
	const args = ['--config', 'jest.n8n.config.js', '--json', '--outputFile', results, ...extra];
	const child = spawn(process.execPath, [program, '--runInBand', ...args], {
		cwd: ROOT,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
}
