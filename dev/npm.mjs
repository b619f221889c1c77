import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PlainError } from './cli.mjs';
import { OUT } from './paths.mjs';

const UNREACHABLE =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;

/** `npm run --silent` hands its silence down, and the log would stay empty. */
const LOG_LEVEL = '--loglevel=notice';

/**
 * @typedef {object} NpmOptions
 * @property {string} cwd
 * @property {string} logFile what npm prints
 * @property {string} purpose completes "… failed"
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * Runs npm quietly.
 *
 * @param {string[]} args
 * @param {NpmOptions} options
 * @throws {PlainError} naming the log when npm fails
 */
export async function npm(args, { cwd, logFile, purpose, env }) {
	const code = await run(args, { cwd, logFile, env });
	if (code === 0) return;
	const cause = networkError(logFile);
	throw new PlainError(
		cause
			? `${purpose} failed: the npm registry cannot be reached (${cause}); see ${logFile}.`
			: `${purpose} failed (npm ended with ${code}); see ${logFile}.`,
	);
}

/**
 * Asks the registry one small thing. Without it, an install on a machine that is offline retries each of its thousand
 * packages before it gives up.
 *
 * @param {string} purpose completes "… needs the npm registry"
 * @throws {PlainError} when the registry cannot be reached
 */
export async function needRegistry(purpose) {
	const logFile = path.join(OUT, 'logs/npm-registry.log');
	const quick = ['--fetch-retries=0', '--fetch-timeout=20000'];
	const code = await run(['view', 'tsx', 'version', ...quick], { cwd: OUT, logFile });
	// Any other failure is for the install itself to tell.
	const cause = code === 0 ? undefined : networkError(logFile);
	if (cause) {
		throw new PlainError(`${purpose} needs the npm registry, which cannot be reached (${cause}).`);
	}
}

/** @param {string} logFile */
function networkError(logFile) {
	return UNREACHABLE.exec(readFileSync(logFile, 'utf8'))?.[1];
}

/**
 * @param {string[]} args
 * @param {Omit<NpmOptions, 'purpose'>} options
 * @returns {Promise<number | null>} the exit code
 */
async function run(args, { cwd, logFile, env = process.env }) {
	mkdirSync(path.dirname(logFile), { recursive: true });
	const log = createWriteStream(logFile);
	const child = spawn('npm', [...args, '--no-audit', '--no-fund', '--no-progress', LOG_LEVEL], {
		cwd,
		env: { ...env, npm_config_update_notifier: 'false' },
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	await new Promise((resolve) => log.end(() => resolve(undefined)));
	return code;
}
