import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { PlainError } from '../cli.mjs';
import { DEFAULT_VERSION } from './hostVersion.mjs';
import { installHost, type Host } from './installHost.mjs';
import { installTarball } from './installTarball.mjs';
import { n8nEnvironment } from './n8nEnvironment.mjs';
import { freePorts, needFreePort } from './ports.mjs';

const READY_SECONDS = 120;
const STOP_SECONDS = 15;
const END_WITH_PARENT = path.join(
	path.dirname(fileURLToPath(import.meta.url)),
	'endWithParent.cjs',
);

export interface StartOptions {
	version?: string;
	/** `worker` for one of queue mode's; a main instance when left out. */
	command?: 'start' | 'worker';
	/** n8n's data lives in here; its own per run. */
	userFolder: string;
	/** A free one is chosen when left out. */
	port?: number;
	/** The packed community package to install first. */
	tarball?: string;
	env?: Record<string, string>;
	/** What n8n prints is appended here. */
	logFile: string;
}

/** Installs n8n and the package where needed, starts n8n and waits until it answers. */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const host = await installHost(options.version ?? DEFAULT_VERSION);
	if (options.tarball) await installTarball(options.userFolder, options.tarball);
	if (options.port) await needFreePort(options.port);
	const [port, brokerPort] = await freePorts(2);
	const n8n = new RunningN8n(host, options, options.port ?? port, brokerPort);
	await n8n.start();
	return n8n;
}

/** One n8n over its restarts: its data and its address stay the same. */
export class RunningN8n {
	private child: ChildProcess | undefined;
	/** Where this process's part of the log file begins. */
	private logStart = 0;

	constructor(
		private readonly host: Host,
		private readonly options: StartOptions,
		private readonly port: number,
		private readonly brokerPort: number,
	) {}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get logFile(): string {
		return this.options.logFile;
	}

	get userFolder(): string {
		return this.options.userFolder;
	}

	/** @throws {Error} when n8n is not running */
	get pid(): number {
		if (this.child?.pid === undefined) throw new Error('n8n is not running');
		return this.child.pid;
	}

	/** What n8n printed since its last start. */
	get log(): string {
		return readFileSync(this.options.logFile).subarray(this.logStart).toString();
	}

	/** @throws {PlainError} when n8n ends or stays silent instead of becoming ready */
	async start(): Promise<void> {
		const { logFile, userFolder, env } = this.options;
		mkdirSync(path.dirname(logFile), { recursive: true });
		mkdirSync(userFolder, { recursive: true });
		const output = openSync(logFile, 'a');
		this.logStart = readFileSync(logFile).length;
		const child = spawn(
			this.host.node.program,
			['--require', END_WITH_PARENT, this.host.program, this.options.command ?? 'start'],
			{
				cwd: userFolder,
				env: n8nEnvironment({
					version: this.host.version,
					userFolder,
					port: this.port,
					brokerPort: this.brokerPort,
					env,
				}),
				stdio: ['ignore', output, output, 'ipc'],
				// A process group of its own, so that its task runner ends with it.
				detached: true,
			},
		);
		closeSync(output);
		child.unref();
		child.channel?.unref();
		this.child = child;
		await this.waitUntilReady(child);
	}

	/** Ends n8n as a crash does, at once and without a goodbye. */
	async kill9(): Promise<void> {
		await this.end('SIGKILL');
	}

	/** Ends n8n the way a service manager does. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	/** Stops n8n if it runs, and starts it on the same data. */
	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	private async waitUntilReady(child: ChildProcess): Promise<void> {
		const deadline = Date.now() + READY_SECONDS * 1000;
		const ready =
			this.options.command === 'worker'
				? /n8n worker is now ready/
				: // With its port, as several runs may share a log file.
					new RegExp(`Editor is now accessible via:\\s+\\S+:${this.port}\\b`);
		while (!ready.test(this.log)) {
			if (hasEnded(child)) throw new PlainError(this.describeFailure('ended while starting'));
			if (Date.now() > deadline) {
				await this.kill9();
				throw new PlainError(this.describeFailure(`was not ready after ${READY_SECONDS} s`));
			}
			await sleep(100);
		}
	}

	private describeFailure(what: string): string {
		const portTaken = /port (\d+) is already in use/i.exec(this.log)?.[1];
		return portTaken
			? `n8n could not start: port ${portTaken} is taken by another program.`
			: `n8n ${what}; see ${this.options.logFile}.`;
	}

	private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		const child = this.child;
		this.child = undefined;
		if (!child?.pid || hasEnded(child)) return;
		const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		// Keeps this process alive until the exit is seen.
		child.ref();
		if (signal === 'SIGTERM') child.kill(signal);
		else killGroup(child.pid);
		const timer = setTimeout(() => killGroup(child.pid!), STOP_SECONDS * 1000);
		await ended;
		clearTimeout(timer);
		killGroup(child.pid);
	}
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

function killGroup(pid: number): void {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// Nobody of the group is left.
	}
}
