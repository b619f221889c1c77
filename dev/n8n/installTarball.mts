import { mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { npm } from '../npm.mjs';
import { OUT } from '../paths.mjs';

/**
 * Puts a packed package where n8n's own installer leaves community packages. n8n loads it when it starts.
 *
 * Peers are left out, as n8n provides them.
 */
export async function installTarball(userFolder: string, tarball: string): Promise<void> {
	const folder = path.join(userFolder, '.n8n/nodes');
	const ledger = path.join(folder, 'package.json');
	await mkdir(folder, { recursive: true });
	if (!existsSync(ledger)) {
		await writeFile(ledger, JSON.stringify({ name: 'installed-nodes', private: true }));
	}
	await npm(
		[
			'install',
			'--ignore-scripts',
			'--install-strategy=shallow',
			'--legacy-peer-deps',
			path.resolve(tarball),
		],
		{
			cwd: folder,
			logFile: path.join(OUT, 'logs/npm-tarball.log'),
			purpose: 'Installing the package into n8n',
		},
	);
}
