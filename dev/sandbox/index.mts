import { createServer, type Server } from 'node:http';
import { defaultAccount, secondAccount } from './accounts.mjs';
import { createControl } from './control/server.mjs';
import { Sandbox } from './sandbox.mjs';
import type { Settings } from './settings.mjs';
import { createSide, listen } from './wire/server.mjs';

export type { AddSpec, HistorySpec, Overview } from './control/actions.mjs';
export type { FaultsView, FinishSpec } from './control/server.mjs';
export type { FaultSpec } from './faults/types.mjs';
export type { PlanSpec } from './jobs/plans.mjs';
export type { Settings } from './settings.mjs';
export type { Upload } from './storage/uploads.mjs';
export type { CountersView } from './wire/counters.mjs';
export type { LogFilter, WireEntry } from './wire/log.mjs';

export interface SandboxOptions {
	/** Zero, the default, takes any free port. */
	port?: number;
	storagePort?: number;
	controlPort?: number;
	settings?: Partial<Settings>;
}

export interface RunningSandbox {
	/** What stands in for https://console.gmicloud.ai. */
	url: string;
	storageUrl: string;
	controlUrl: string;
	key: string;
	/** A key of another organisation. */
	secondKey: string;
	/** The state itself, for programs in the same process. */
	sandbox: Sandbox;
	stop(): Promise<void>;
}

async function closeServer(server: Server): Promise<void> {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
}

export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
	const sandbox = new Sandbox(options.settings);
	const api = createSide('api', sandbox);
	const storage = createSide('storage', sandbox);
	const control = createServer(createControl(sandbox));
	const servers = [api, storage, control];
	const stop = async () => {
		await sandbox.close();
		await Promise.all(servers.map(closeServer));
	};
	try {
		sandbox.apiUrl = `http://127.0.0.1:${await listen(api, options.port ?? 0)}`;
		sandbox.storageAddress = await listen(storage, options.storagePort ?? 0);
		sandbox.controlUrl = `http://127.0.0.1:${await listen(control, options.controlPort ?? 0)}`;
	} catch (problem) {
		await stop();
		throw problem;
	}
	return {
		url: sandbox.apiUrl,
		storageUrl: sandbox.storageUrl,
		controlUrl: sandbox.controlUrl,
		key: defaultAccount.key,
		secondKey: secondAccount.key,
		sandbox,
		stop,
	};
}
