import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { needDiskSpace } from './machine.mjs';
import { needRegistry, npm } from './npm.mjs';
import { OUT, ROOT } from './paths.mjs';
import { withProgress } from './progress.mjs';

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> }} LockFile */

/**
 * Whether `node_modules` holds what the lock file asks for. npm writes its own record there as the last step of an
 * install, so a broken install has none.
 *
 * @param {string} folder
 */
export function matchesLockFile(folder) {
	const record = path.join(folder, 'node_modules/.package-lock.json');
	if (!existsSync(record)) return false;
	const installed = readLock(record);
	return Object.entries(readLock(path.join(folder, 'package-lock.json'))).every(
		([location, wanted]) =>
			location === '' || wanted.optional || installed[location]?.version === wanted.version,
	);
}

/** @param {string} file */
function readLock(file) {
	return /** @type {LockFile} */ (JSON.parse(readFileSync(file, 'utf8'))).packages;
}

/** The repository's own, and n8n's scan, which needs other versions of the same packages. */
const FOLDERS = [ROOT, path.join(ROOT, 'dev/scan')];

/**
 * Installs the development dependencies unless they are there.
 *
 * Scripts stay off: on Node 20 the build script of isolated-vm (which nothing here loads) fails.
 *
 * @param {import('./progress.mjs').OnProgress} onProgress
 */
export async function ensureDependencies(onProgress) {
	const missing = FOLDERS.filter((folder) => !matchesLockFile(folder));
	if (missing.length === 0) return;
	needDiskSpace(ROOT, 1.5, 'the development dependencies');
	await needRegistry('Installing the development dependencies');
	await withProgress('installing development dependencies', onProgress, async () => {
		for (const folder of missing) {
			await npm(['ci', '--ignore-scripts'], {
				cwd: folder,
				logFile: path.join(OUT, `logs/npm-ci-${path.basename(folder)}.log`),
				purpose: 'Installing the development dependencies',
			});
		}
	});
}
