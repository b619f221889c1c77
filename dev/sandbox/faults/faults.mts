import { defaultAccount } from '../accounts.mjs';
import { Matcher, type Call } from '../matcher.mjs';
import type { Sandbox } from '../sandbox.mjs';
import type { Exchange } from '../wire/exchange.mjs';
import type { Reply } from '../wire/reply.mjs';
import { bodyFaults } from './bodies.mjs';
import { pages } from './pages.mjs';
import { refusals } from './refusals.mjs';
import type { Fault, FaultSpec, FaultTable } from './types.mjs';
import { wireFaults } from './wire.mjs';

export const faultTable: FaultTable = { ...refusals, ...pages, ...wireFaults, ...bodyFaults };

export interface ActiveFault {
	id: number;
	spec: FaultSpec;
	fault: Fault;
	matcher: Matcher;
}

/** The faults that wait for their calls. */
export class Faults {
	private active: ActiveFault[] = [];
	private lastId = 0;

	/** @throws Error when no fault has this name. */
	inject(spec: FaultSpec): number {
		const fault = faultTable[spec.name];
		if (!fault) throw new Error(`Unknown fault: ${spec.name}`);
		this.active.push({ id: ++this.lastId, spec, fault, matcher: new Matcher(spec) });
		return this.lastId;
	}

	/** The first fault that takes this call. */
	take(call: Call): ActiveFault | undefined {
		return this.active.find(({ matcher }) => matcher.takes(call));
	}

	list() {
		return this.active.map(({ id, spec, matcher: { seen, taken } }) => ({ id, spec, seen, taken }));
	}

	remove(id: number): void {
		this.active = this.active.filter((active) => active.id !== id);
	}

	clear(): void {
		this.active = [];
	}
}

function withOverrides(reply: Reply, { status, body, headers }: FaultSpec): Reply {
	return {
		...reply,
		...(status === undefined ? {} : { status }),
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		headers: { ...reply.headers, ...headers },
	};
}

/** Leaves the failed request that a refused submit is known to leave; gives its id to the reply, if that has one. */
function leaveFailed(exchange: Exchange, sandbox: Sandbox, reply: Reply): Reply {
	const { model: id, payload } = (exchange.json ?? {}) as { model?: string; payload?: object };
	const model = id === undefined ? undefined : sandbox.catalogue.find(id);
	if (!model || typeof reply.body !== 'string') return reply;
	const answer = JSON.parse(reply.body) as { error?: string; request_id?: string };
	const key = exchange.request.headers.authorization?.replace(/^bearer /i, '');
	const account = sandbox.accounts.find((known) => known.key === key) ?? defaultAccount;
	const job = sandbox.queue.refuse(model, account, { ...payload }, String(answer.error));
	if (answer.request_id === undefined) return reply;
	return { ...reply, body: JSON.stringify({ ...answer, request_id: job.id }) };
}

/** The reply of a fault, after carrying the call out where the fault wants that. */
export async function answerWithFault(
	{ spec, fault }: ActiveFault,
	exchange: Exchange,
	sandbox: Sandbox,
	carryOut: () => Promise<Reply>,
): Promise<Reply> {
	const usual = (spec.accepted ?? fault.accepted) ? await carryOut() : undefined;
	let reply = fault.reply({ exchange, sandbox, spec, usual });
	if (exchange.endpoint === 'submit' && !usual && (spec.listed ?? fault.listed)) {
		reply = leaveFailed(exchange, sandbox, reply);
	}
	return withOverrides(reply, spec);
}
