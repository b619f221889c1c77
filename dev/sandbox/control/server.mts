import type { IncomingMessage, RequestListener } from 'node:http';
import { defaultAccount, secondAccount } from '../accounts.mjs';
import { faultTable } from '../faults/faults.mjs';
import type { FaultSpec } from '../faults/types.mjs';
import { failureShapes } from '../jobs/failures.mjs';
import type { FinalStatus } from '../jobs/job.mjs';
import type { PlanSpec } from '../jobs/plans.mjs';
import type { Sandbox } from '../sandbox.mjs';
import type { Settings } from '../settings.mjs';
import type { LogFilter } from '../wire/log.mjs';
import { addHistory, addRequest, overview, type AddSpec, type HistorySpec } from './actions.mjs';

interface Command {
	sandbox: Sandbox;
	/** Path segments after the one that names the command. */
	rest: string[];
	query: URLSearchParams;
	body: unknown;
}

type Commands = Record<string, (command: Command) => unknown>;

/** How a request is to end, when it is ended by hand. */
export interface FinishSpec {
	status?: FinalStatus;
	shape?: string;
	reason?: string;
}

function finish({ sandbox, rest: [id, verb], body }: Command) {
	const job = sandbox.queue.find(id);
	if (!job || verb !== 'finish') throw new Error(`No such request: ${id}`);
	const { status = 'success', shape, reason } = (body ?? {}) as FinishSpec;
	sandbox.queue.finish(job, status, shape, reason);
	return sandbox.queue.record(job);
}

export type FaultsView = ReturnType<typeof faultsView>;

/** Every fault and failure there is, and what is injected. */
function faultsView(sandbox: Sandbox) {
	const known = Object.entries(faultTable);
	return {
		known: known.map(([name, { about, accepted }]) => ({ name, about, accepted })),
		failureShapes,
		active: sandbox.faults.list(),
	};
}

function logFilter(query: URLSearchParams): LogFilter {
	const { status, after, limit, ...names } = Object.fromEntries(query);
	const number = (value: string | undefined) => (value === undefined ? undefined : Number(value));
	return { ...names, status: number(status), after: number(after), limit: number(limit) };
}

const commands: Commands = {
	'GET ': ({ sandbox }) => ({
		url: sandbox.apiUrl,
		storageUrl: sandbox.storageUrl,
		controlUrl: sandbox.controlUrl,
		key: defaultAccount.key,
		secondKey: secondAccount.key,
		commands: Object.keys(commands),
	}),
	'POST reset': ({ sandbox }) => sandbox.reset(),
	'GET settings': ({ sandbox }) => sandbox.settings,
	'PATCH settings': ({ sandbox, body }) => {
		sandbox.configure(body as Partial<Settings>);
		return sandbox.settings;
	},
	'GET faults': ({ sandbox }) => faultsView(sandbox),
	'POST faults': ({ sandbox, body }) => ({ id: sandbox.faults.inject(body as FaultSpec) }),
	'DELETE faults': ({ sandbox, rest: [id] }) =>
		id ? sandbox.faults.remove(Number(id)) : sandbox.faults.clear(),
	'POST plans': ({ sandbox, body }) => sandbox.plans.add(body as PlanSpec),
	'GET requests': ({ sandbox }) => overview(sandbox),
	'POST requests': (command) =>
		command.rest.length > 0
			? finish(command)
			: { id: addRequest(command.sandbox, command.body as AddSpec).id },
	'POST history': ({ sandbox, body }) => ({ ids: addHistory(sandbox, body as HistorySpec) }),
	'GET log': ({ sandbox, query }) => sandbox.log.find(logFilter(query)),
	'DELETE log': ({ sandbox }) => sandbox.log.clear(),
	'GET counters': ({ sandbox }) => sandbox.counters.view(),
	'GET uploads': ({ sandbox }) => sandbox.uploads.list(),
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text === '' ? undefined : JSON.parse(text);
}

async function answer(request: IncomingMessage, sandbox: Sandbox): Promise<[number, unknown]> {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	const [name, ...rest] = pathname.split('/').filter(Boolean);
	const command = commands[`${request.method} ${name ?? ''}`];
	if (!command) return [404, { error: `No such command: ${request.method} ${pathname}` }];
	try {
		const result = command({ sandbox, rest, query: searchParams, body: await bodyOf(request) });
		return [200, result ?? {}];
	} catch (problem) {
		return [400, { error: problem instanceof Error ? problem.message : String(problem) }];
	}
}

/** JSON over HTTP for tests and demos to steer the sandbox; the service itself has nothing like it. */
export function createControl(sandbox: Sandbox): RequestListener {
	return (request, response) => {
		void answer(request, sandbox).then(([status, result]) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(result));
		});
	};
}
