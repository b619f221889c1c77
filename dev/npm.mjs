import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PlainError } from './cli.mjs';

const UNREACHABLE =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;

/** A registry that does not answer is told within a minute instead of npm's four. */
const NETWORK_PATIENCE = [
	'--fetch-retries=2',
	'--fetch-retry-mintimeout=2000',
	'--fetch-retry-maxtimeout=10000',
];

/** `npm run --silent` hands its silence down, and the log would stay empty. */
const LOG_LEVEL = ['--loglevel=notice'];

/**
 * Runs npm quietly; what it prints goes to a file.
 *
 * @param {string[]} args
 * @param {{ cwd: string, logFile: string, purpose: string, env?: NodeJS.ProcessEnv }} options `purpose` completes
 * "… failed"
 * @throws {PlainError} naming the log when npm fails
 */
export async function npm(args, { cwd, logFile, purpose, env = process.env }) {
	mkdirSync(path.dirname(logFile), { recursive: true });
	const log = createWriteStream(logFile);
	const child = spawn(
		'npm',
		[...args, '--no-audit', '--no-fund', '--no-progress', ...LOG_LEVEL, ...NETWORK_PATIENCE],
		{
			cwd,
			env: { ...env, npm_config_update_notifier: 'false' },
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		},
	);
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });

	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	await new Promise((resolve) => log.end(() => resolve(undefined)));
	if (code === 0) return;

	const cause = UNREACHABLE.exec(readFileSync(logFile, 'utf8'))?.[1];
	throw new PlainError(
		cause
			? `${purpose} failed: the npm registry cannot be reached (${cause}); see ${logFile}.`
			: `${purpose} failed (npm ended with ${code}); see ${logFile}.`,
	);
}
