import { spawn } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { PlainError } from './cli.mjs';
import { npm } from './npm.mjs';
import { OUT, ROOT } from './paths.mjs';

/**
 * Builds and packs the package as it would be published.
 *
 * @returns the tarball
 * @throws {PlainError} naming the log when the build fails
 */
export async function buildPackage(): Promise<string> {
	await build();
	return await pack();
}

async function build(): Promise<void> {
	const logFile = path.join(OUT, 'logs/build.log');
	const { code, output } = await gulp('build');
	await mkdir(path.dirname(logFile), { recursive: true });
	await writeFile(logFile, output);
	if (code !== 0) throw new PlainError(`The package does not build; see ${logFile}.`);
}

function gulp(task: string): Promise<{ code: number | null; output: string }> {
	const program = path.join(ROOT, 'node_modules/gulp/bin/gulp.js');
	const child = spawn(process.execPath, [program, task], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	child.stdout.on('data', (chunk) => (output += chunk));
	child.stderr.on('data', (chunk) => (output += chunk));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, output }));
	});
}

async function pack(): Promise<string> {
	return await packFolder(ROOT, path.join(OUT, 'package'));
}

/**
 * Packs a package as npm would publish it.
 *
 * @param destination is emptied first
 * @returns the tarball
 */
export async function packFolder(source: string, destination: string): Promise<string> {
	await rm(destination, { recursive: true, force: true });
	await mkdir(destination, { recursive: true });
	await npm(['pack', '--ignore-scripts', '--pack-destination', destination], {
		cwd: source,
		logFile: path.join(OUT, 'logs/npm-pack.log'),
		purpose: 'Packing the package',
	});
	const [tarball] = await readdir(destination);
	return path.join(destination, tarball);
}
