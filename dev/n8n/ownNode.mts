import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { PlainError } from '../cli.mjs';
import { needRegistry, npm } from '../npm.mjs';
import { HOSTS, OUT } from '../paths.mjs';
import { withProgress, type OnProgress } from '../progress.mjs';
import { withFolderLock } from './folderLock.mjs';

const NODE_24 = '24.21.0';

export interface NodeInstall {
	/** The `node` program. */
	program: string;
	/** Holds `include/node`, the headers native packages are built against; unknown for some system installs. */
	headers: string | undefined;
}

/**
 * The Node to run n8n with: the present one when it is a Node 24, else one from npm.
 *
 * No other will do: n8n 2 needs 24 or newer, n8n 1 takes 24 at most, and isolated-vm brings binaries for few releases.
 */
export async function nodeForN8n(onProgress?: OnProgress): Promise<NodeInstall> {
	return process.version.startsWith('v24.')
		? presentNode()
		: await installNode(NODE_24, onProgress);
}

function presentNode(): NodeInstall {
	const prefix = path.dirname(path.dirname(process.execPath));
	const hasHeaders = existsSync(path.join(prefix, 'include/node/node_api.h'));
	return { program: process.execPath, headers: hasHeaders ? prefix : undefined };
}

/** Installs a Node from npm: packages with plain files. The wrapper package `node` needs an install script. */
export async function installNode(version: string, onProgress?: OnProgress): Promise<NodeInstall> {
	const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
	const folder = path.join(HOSTS, `node-${version}`);
	const root = path.join(folder, 'node_modules', name);
	const program = path.join(root, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	const isComplete = () =>
		existsSync(path.join(folder, 'node_modules/.package-lock.json')) && existsSync(program);

	if (!isComplete()) {
		await mkdir(folder, { recursive: true });
		await withFolderLock(
			folder,
			() => {},
			async () => {
				if (isComplete()) return;
				await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
				await needRegistry(`Installing Node ${version}`);
				await withProgress(`installing Node ${version}`, onProgress, () =>
					npm(['install', '--ignore-scripts', '--no-save', `${name}@${version}`], {
						cwd: folder,
						logFile: path.join(OUT, `logs/npm-node-${version}.log`),
						purpose: `Installing Node ${version}`,
					}),
				);
			},
		);
		if (!existsSync(program)) {
			throw new PlainError(
				`Node ${version} is needed, and npm has none for ${name}: install it by hand.`,
			);
		}
	}
	return { program, headers: root };
}
