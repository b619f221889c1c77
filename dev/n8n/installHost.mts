import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { matchesLockFile } from '../dependencies.mjs';
import { needDiskSpace } from '../machine.mjs';
import { needRegistry, npm } from '../npm.mjs';
import { HOSTS, OUT } from '../paths.mjs';
import { withProgress, type OnProgress } from '../progress.mjs';
import { withFolderLock } from './folderLock.mjs';
import { hostVersion, type HostVersion } from './hostVersion.mjs';
import { nodeForN8n, type NodeInstall } from './ownNode.mjs';

/** A complete n8n, ready to start. */
export interface Host {
	version: string;
	node: NodeInstall;
	/** n8n's command line program. */
	program: string;
}

interface InstallOptions {
	onProgress?: OnProgress;
}

/**
 * Installs n8n from npm, unless a complete install of the same lock file is there. An interrupted install is finished:
 * only the steps whose result is missing are done again.
 *
 * @throws {PlainError} when the disk is too full or npm fails
 */
export async function installHost(
	version: string,
	{ onProgress }: InstallOptions = {},
): Promise<Host> {
	const wanted = hostVersion(version);
	const { folder } = wanted;
	if (!isInstalled(version)) needDiskSpace(HOSTS, 4, `n8n ${version}`);

	const onWait = () =>
		onProgress?.({ step: 'waiting for another install', elapsedSeconds: 0, state: 'running' });
	return await withFolderLock(folder, onWait, async () => {
		const node = await nodeForN8n(onProgress);
		const host = { version, node, program: path.join(folder, 'node_modules/n8n/bin/n8n') };
		if (isInstalled(version)) return host;

		await rm(markerOf(wanted), { force: true });
		await copyLockFiles(wanted);
		if (!matchesLockFile(folder)) await installPackages(wanted, onProgress);
		if (!(await canLoadSqlite(folder, node))) await buildSqlite(wanted, node, onProgress);
		await writeFile(markerOf(wanted), wanted.lockHash);
		return host;
	});
}

/** Whether {@link installHost} has nothing left to do. */
export function isInstalled(version: string): boolean {
	const wanted = hostVersion(version);
	const marker = markerOf(wanted);
	return existsSync(marker) && readFileSync(marker, 'utf8') === wanted.lockHash;
}

function markerOf({ folder }: HostVersion): string {
	return path.join(folder, '.complete');
}

async function copyLockFiles({ folder, lockFolder }: HostVersion): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		// Removed first: the old file may be a hard link into another install.
		await rm(path.join(folder, file), { force: true });
		await copyFile(path.join(lockFolder, file), path.join(folder, file));
	}
}

async function installPackages({ folder, version }: HostVersion, onProgress?: OnProgress) {
	await needRegistry(`Installing n8n ${version}`);
	await withProgress(`installing n8n ${version} (2 GB, takes minutes)`, onProgress, () =>
		npm(['ci', '--ignore-scripts', '--legacy-peer-deps'], {
			cwd: folder,
			logFile: path.join(OUT, `logs/npm-n8n-${version}.log`),
			purpose: `Installing n8n ${version}`,
		}),
	);
}

/** Of all native packages only sqlite3 is needed and comes without a binary that is in the package. */
async function buildSqlite({ folder }: HostVersion, node: NodeInstall, onProgress?: OnProgress) {
	const env = { ...process.env };
	env.PATH = `${path.dirname(node.program)}${path.delimiter}${env.PATH}`;
	if (node.headers) env.npm_config_nodedir = node.headers;
	await withProgress("building n8n's database driver", onProgress, () =>
		npm(['rebuild', 'sqlite3'], {
			cwd: folder,
			env,
			logFile: path.join(OUT, 'logs/npm-sqlite3.log'),
			purpose: "Building n8n's database driver (needs python3, make and a C++ compiler)",
		}),
	);
}

async function canLoadSqlite(folder: string, node: NodeInstall): Promise<boolean> {
	try {
		await promisify(execFile)(node.program, ['-e', "require('sqlite3')"], { cwd: folder });
		return true;
	} catch {
		return false;
	}
}
