import { watch } from 'node:fs';
import path from 'node:path';

import { buildPackage } from '../buildPackage.mjs';
import { PlainError } from '../cli.mjs';
import { installTarball, type RunningN8n } from '../n8n/index.mjs';
import { ROOT } from '../paths.mjs';

const SOURCES = ['nodes', 'credentials', 'icons'];
const QUIET_MS = 300;

/** Builds the package and restarts n8n with it whenever its sources change. Never returns. */
export async function rebuildOnChange(n8n: RunningN8n, userFolder: string): Promise<never> {
	for (;;) {
		await nextChange();
		try {
			console.log('Building…');
			const tarball = await buildPackage();
			await n8n.stop();
			await installTarball(userFolder, tarball);
			await n8n.start();
			console.log('n8n runs with the change; reload the editor.');
		} catch (error) {
			if (!(error instanceof PlainError)) throw error;
			console.error(error.message);
		}
	}
}

/** Waits for a change, and then until the files have been quiet for a moment. */
function nextChange(): Promise<void> {
	return new Promise((resolve) => {
		let timer: NodeJS.Timeout | undefined;
		const watchers = SOURCES.map((folder) =>
			watch(path.join(ROOT, folder), { recursive: true }, () => {
				clearTimeout(timer);
				timer = setTimeout(() => {
					for (const watcher of watchers) watcher.close();
					resolve();
				}, QUIET_MS);
			}),
		);
	});
}
