import { watch } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { buildPackage } from '../buildPackage.mjs';
import { PlainError } from '../cli.mjs';
import { installTarball, type RunningN8n } from '../n8n/index.mjs';
import { ROOT } from '../paths.mjs';

const SOURCES = ['nodes', 'credentials', 'icons'];
const QUIET_MS = 500;

/** Builds the package and restarts n8n with it whenever its sources change. Never returns. */
export async function rebuildOnChange(n8n: RunningN8n, userFolder: string): Promise<never> {
	// Also set while a build runs, so that no change is missed.
	let changedAt = 0;
	for (const folder of SOURCES) {
		watch(path.join(ROOT, folder), { recursive: true }, () => (changedAt = Date.now()));
	}

	for (;;) {
		await sleep(QUIET_MS);
		if (changedAt === 0 || Date.now() - changedAt < QUIET_MS) continue;
		changedAt = 0;
		try {
			await rebuild(n8n, userFolder);
		} catch (error) {
			if (!(error instanceof PlainError)) throw error;
			console.error(error.message);
		}
	}
}

async function rebuild(n8n: RunningN8n, userFolder: string): Promise<void> {
	console.log('Building…');
	const tarball = await buildPackage();
	await n8n.stop();
	await installTarball(userFolder, tarball);
	await n8n.start();
	console.log('n8n runs with the change; reload the editor.');
}
