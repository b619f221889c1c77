import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { LoadResult } from '../results.mjs';
import type { Stage } from '../stage.mjs';

const PROBE = fileURLToPath(new URL('../probes/loadPackage.cjs', import.meta.url));

const PACKAGES = { package: 'n8n-nodes-gmicloud', serial: 'n8n-nodes-serialvideo' } as const;

/** How long n8n takes to load the package, and to start with and without it. */
export async function measureLoad(stage: Stage): Promise<LoadResult> {
	const { repetitions } = stage.plan;
	const loader: LoadResult['loader'] = { package: [], serial: [] };
	for (let repetition = 0; repetition < repetitions; repetition++) {
		for (const contender of ['package', 'serial'] as const) {
			const loaded = await load(stage, PACKAGES[contender]);
			loader[contender].push(loaded);
			stage.note(
				`loading, repetition ${repetition + 1}, ${contender}: ${loaded.ms.toFixed(0)} ms, ${loaded.modules} files`,
			);
		}
	}

	const start: LoadResult['start'] = { with: [], without: [] };
	const hosts = { with: await stage.start('package'), without: await stage.start('nothing') };
	for (const { n8n } of Object.values(hosts)) await n8n.stop();
	for (let repetition = 0; repetition < repetitions; repetition++) {
		for (const which of ['with', 'without'] as const) {
			const startedAt = performance.now();
			await hosts[which].n8n.start();
			const seconds = (performance.now() - startedAt) / 1000;
			await hosts[which].n8n.stop();
			start[which].push(seconds);
			stage.note(
				`start of n8n, repetition ${repetition + 1}, ${which} the package: ${seconds.toFixed(1)} s`,
			);
		}
	}
	return { loader, start };
}

async function load(stage: Stage, name: string) {
	const { host } = stage;
	const modules = path.dirname(path.dirname(path.dirname(host.program)));
	const folder = path.join(stage.template('both'), '.n8n/nodes/node_modules', name);
	const { stdout } = await promisify(execFile)(
		host.node.program,
		[PROBE, path.join(modules, 'n8n-core'), folder],
		// As n8n does, so that the package finds n8n-workflow.
		{ env: { ...process.env, NODE_ENV: 'production', NODE_PATH: modules } },
	);
	return JSON.parse(stdout.trim().split('\n').at(-1)!) as { ms: number; modules: number };
}
