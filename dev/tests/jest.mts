import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { OUT, ROOT } from '../paths.mjs';

/** The part of jest's results that is read here. */
export interface JestResults {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	testResults: Array<{
		name: string;
		status: string;
		assertionResults: Array<{ status: string }>;
	}>;
}

interface JestRun {
	args: string[];
	/** In `out/results`. */
	resultsFile: string;
	/** Takes jest's words; without it they go to the terminal. */
	logFile?: string;
	/** The Node to run with. */
	node?: string;
	env?: Record<string, string>;
}

/** Runs jest in a process of its own. Resolves to its exit code. */
export async function runJest(run: JestRun): Promise<number> {
	const { args, resultsFile, logFile, node = process.execPath, env = {} } = run;
	const results = resultsPath(resultsFile);
	mkdirSync(path.dirname(results), { recursive: true });
	rmSync(results, { force: true });
	const program = path.join(ROOT, 'node_modules/jest/bin/jest.js');
	const child = spawn(node, [program, '--json', '--outputFile', results, ...args], {
		cwd: ROOT,
		env: { ...process.env, ...env },
		// With --json jest prints the results to stdout as well, where nobody reads them.
		stdio: ['ignore', 'ignore', logFile ? 'pipe' : 'inherit'],
	});
	if (logFile) child.stderr?.pipe(createWriteStream(logFile));
	const signals = ['SIGINT', 'SIGTERM'] as const;
	const end = (signal: NodeJS.Signals) => void child.kill(signal);
	for (const signal of signals) process.on(signal, end);
	try {
		return await new Promise((resolve, reject) => {
			child.on('error', reject);
			child.on('close', (code) => resolve(code ?? 1));
		});
	} finally {
		for (const signal of signals) process.off(signal, end);
	}
}

/** What a run left; undefined when it broke off before that. */
export function readResults(resultsFile: string): JestResults | undefined {
	const file = resultsPath(resultsFile);
	if (!existsSync(file)) return undefined;
	return JSON.parse(readFileSync(file, 'utf8')) as JestResults;
}

/** Where results are left. */
export function resultsPath(resultsFile: string): string {
	return path.join(OUT, 'results', resultsFile);
}
