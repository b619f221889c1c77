import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { buildPackage } from '../buildPackage.mjs';
import { OUT } from '../paths.mjs';
import { withProgress, type OnProgress } from '../progress.mjs';
import { startSandbox, type RunningSandbox } from '../sandbox/index.mjs';
import { connect } from './connect.mjs';
import { TESTED_VERSION } from './hostVersion.mjs';
import { findLeaks } from './leaks.mjs';
import { peakMemory, resetPeakMemory } from './memory.mjs';
import type { N8nClient } from './n8nClient.mjs';
import { startQueueMode, type QueueMode, type QueueModeOptions } from './queueMode.mjs';
import { startN8n, type RunningN8n, type StartOptions } from './startN8n.mjs';

/** A sandbox and an n8n with the package in it, for a run of tests. */
export interface TestBed {
	sandbox: RunningSandbox;
	n8n: RunningN8n;
	client: N8nClient;
	tarball: string;
	/** Of n8n. */
	version: string;
	/** Starts one more n8n with the package, with data of its own. It ends with the test bed. */
	startAnother(options?: Partial<StartOptions>): Promise<RunningN8n>;
	/** Starts one main and two workers with the package, on a Redis and a PostgreSQL. All end with the test bed. */
	startQueueMode(options?: Omit<QueueModeOptions, 'tarball'>): Promise<QueueMode>;
	connect: typeof connect;
	/** Of a process, in bytes; Linux only. */
	memory: { peak: typeof peakMemory; resetPeak: typeof resetPeakMemory };
	/** What all n8ns of this run keep and have printed. */
	left(): string[];
	findLeaks: typeof findLeaks;
	close(): Promise<void>;
}

export async function openTestBed(onProgress: OnProgress): Promise<TestBed> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-test-'));
	const running: RunningN8n[] = [];
	const queueModes: QueueMode[] = [];
	const tarball =
		process.env.GMI_TARBALL ??
		(await withProgress('building the package', onProgress, buildPackage));
	const sandbox = await startSandbox();

	const startAnother = async (options: Partial<StartOptions> = {}) => {
		const number = running.length + 1;
		const n8n = await startN8n({
			version: TESTED_VERSION,
			userFolder: path.join(folder, String(number)),
			tarball,
			logFile: path.join(OUT, `logs/n8n-${TESTED_VERSION}-${process.pid}-${number}.log`),
			...options,
		});
		running.push(n8n);
		return n8n;
	};
	const startQueue = async (options: Omit<QueueModeOptions, 'tarball'> = {}) => {
		const queueMode = await startQueueMode({ tarball, ...options });
		queueModes.push(queueMode);
		return queueMode;
	};
	const close = async () => {
		await Promise.all(queueModes.map(async (queueMode) => await queueMode.close()));
		await Promise.all(running.map((n8n) => n8n.kill9()));
		await sandbox.stop();
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};

	try {
		const n8n = await withProgress('starting n8n', onProgress, startAnother);
		const client = await connect(n8n.url);
		const memory = { peak: peakMemory, resetPeak: resetPeakMemory };
		const left = () => [folder, ...new Set(running.map(({ logFile }) => logFile))];
		return {
			sandbox,
			n8n,
			client,
			tarball,
			version: TESTED_VERSION,
			startAnother,
			startQueueMode: startQueue,
			connect,
			memory,
			left,
			findLeaks,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
