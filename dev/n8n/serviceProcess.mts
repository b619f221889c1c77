import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { PlainError } from '../cli.mjs';

const READY_SECONDS = 30;

export interface Account {
	uid: number;
	gid: number;
}

export interface Service {
	/** Ends it at once, without a goodbye. */
	kill9(): Promise<void>;
}

export interface ServiceOptions {
	name: string;
	program: string;
	args: string[];
	/** Whom it runs as; whoever runs this program when left out. */
	account?: Account;
	cwd: string;
	/** What it prints is appended here. */
	logFile: string;
	isReady: () => Promise<boolean>;
}

/**
 * Starts a server of the system's packages and waits until it answers. It ends with the program that started it.
 *
 * @throws {PlainError} when it ends or stays silent instead of becoming ready
 */
export async function startService(options: ServiceOptions): Promise<Service> {
	const { name, program, args, account, cwd, logFile, isReady } = options;
	mkdirSync(path.dirname(logFile), { recursive: true });
	const output = openSync(logFile, 'a');
	const child = spawn('setpriv', endingWithParent(program, args, account), {
		cwd,
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	child.unref();
	let failure: string | undefined;
	child.on('error', (error) => (failure = error.message));
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));

	const kill9 = async () => {
		if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
		child.ref();
		child.kill('SIGKILL');
		await ended;
	};

	const deadline = Date.now() + READY_SECONDS * 1000;
	while (!(await isReady())) {
		if (child.exitCode !== null) failure ??= `it ended with code ${child.exitCode}`;
		if (Date.now() > deadline) failure ??= `it was not ready after ${READY_SECONDS} s`;
		if (failure) {
			await kill9();
			throw new PlainError(`${name} could not start: ${failure}; see ${logFile}.`);
		}
		await sleep(50);
	}
	return { kill9 };
}

/** Arguments of `setpriv`. The kernel ends the program with this one: it has no channel to hear of that itself. */
export function endingWithParent(program: string, args: string[], account?: Account): string[] {
	const { uid, gid } = account ?? {};
	const identity = account ? [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] : [];
	return [...identity, '--pdeathsig=KILL', '--', program, ...args];
}

/**
 * The first of some folders that holds a program.
 *
 * @throws {PlainError} with the Debian package to install when none does
 */
export function findProgram(name: string, debianPackage: string, folders: string[] = []): string {
	const inPath = (process.env.PATH ?? '').split(path.delimiter);
	const program = [...folders, ...inPath, '/usr/sbin', '/usr/local/sbin']
		.map((folder) => path.join(folder, name))
		.find((file) => existsSync(file));
	if (program) return program;
	throw new PlainError(
		`Queue mode needs ${name}: install Debian's package ${debianPackage} (apt-get install ${debianPackage}).`,
	);
}
