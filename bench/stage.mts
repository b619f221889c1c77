import { cp, mkdtemp, rm } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import path from 'node:path';

import { buildPackage, packFolder } from '../dev/buildPackage.mjs';
import { PlainError } from '../dev/cli.mjs';
import { needDiskSpace } from '../dev/machine.mjs';
import {
	connect,
	DEFAULT_VERSION,
	installHost,
	installTarball,
	startN8n,
	type Host,
	type N8nClient,
	type RunningN8n,
} from '../dev/n8n/index.mjs';
import { OUT, ROOT } from '../dev/paths.mjs';
import { progressPrinter, withProgress } from '../dev/progress.mjs';
import { startSandbox, type RunningSandbox } from '../dev/sandbox/index.mjs';
import type { Plan } from './plan.mjs';

const NEEDED_MEMORY_GIB = 9;
const NEEDED_DISK_GB = 8;

/** An n8n and a client that is signed in. */
export interface RunningHost {
	n8n: RunningN8n;
	client: N8nClient;
}

export type Installed = 'nothing' | 'package' | 'both';

/** Where the bench plays: everything on it ends with it. */
export class Stage {
	private readonly running: RunningN8n[] = [];
	private readonly sandboxes: RunningSandbox[] = [];
	private readonly startedAt = Date.now();
	private starting: Promise<unknown> = Promise.resolve();

	private constructor(
		readonly plan: Plan,
		readonly host: Host,
		private readonly folder: string,
	) {}

	/** @throws {PlainError} when the machine is too small, or something cannot be installed */
	static async set(plan: Plan): Promise<Stage> {
		const onProgress = progressPrinter();
		const host = await installHost(DEFAULT_VERSION, { onProgress });
		if (freemem() < NEEDED_MEMORY_GIB * 1024 ** 3) {
			throw new PlainError(`The bench needs ${NEEDED_MEMORY_GIB} GiB of free memory.`);
		}
		needDiskSpace(tmpdir(), NEEDED_DISK_GB, 'the bench');
		const stage = new Stage(plan, host, await mkdtemp(path.join(tmpdir(), 'bench-')));
		await withProgress('building and installing the packages', onProgress, () => stage.install());
		return stage;
	}

	/** The user folder of an n8n that has never been started, with packages installed. */
	template(installed: Installed): string {
		return path.join(this.folder, `template-${installed}`);
	}

	/** Tells what has been done, with the time since the start. */
	note(text: string): void {
		const seconds = Math.round((Date.now() - this.startedAt) / 1000);
		const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
		console.log(`${clock.padStart(6)}  ${text}`);
	}

	get minutes(): number {
		return Math.round((Date.now() - this.startedAt) / 60_000);
	}

	async sandbox(settings = {}): Promise<RunningSandbox> {
		const sandbox = await startSandbox({ settings });
		this.sandboxes.push(sandbox);
		return sandbox;
	}

	/** Starts an n8n with data of its own; one after the other, as starting takes a whole core. */
	async start(installed: Installed = 'both'): Promise<RunningHost> {
		const next = this.starting.then(() => this.startNow(installed));
		this.starting = next.catch(() => {});
		return await next;
	}

	async close(): Promise<void> {
		await Promise.all(this.running.map((n8n) => n8n.kill9()));
		await Promise.all(this.sandboxes.map((sandbox) => sandbox.stop()));
		await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
	}

	private async install(): Promise<void> {
		const ours = await buildPackage();
		const theirs = await packFolder(
			path.join(ROOT, 'bench/serialNode'),
			path.join(this.folder, 'serial'),
		);
		await installTarball(this.template('package'), ours);
		await cp(this.template('package'), this.template('both'), { recursive: true });
		await installTarball(this.template('both'), theirs);
	}

	private async startNow(installed: Installed): Promise<RunningHost> {
		const number = this.running.length + 1;
		const userFolder = path.join(this.folder, String(number));
		if (installed !== 'nothing') {
			await cp(this.template(installed), userFolder, { recursive: true });
		}
		const n8n = await startN8n({ userFolder, logFile: path.join(OUT, `logs/bench-${number}.log`) });
		this.running.push(n8n);
		return { n8n, client: await connect(n8n.url) };
	}
}
