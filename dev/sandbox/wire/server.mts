import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fingerprint } from '../accounts.mjs';
import { answerApi } from '../api/handlers.mjs';
import { route } from '../api/route.mjs';
import { answerWithFault } from '../faults/faults.mjs';
import type { Sandbox } from '../sandbox.mjs';
import { answerStorage } from '../storage/handlers.mjs';
import type { Endpoint, Exchange } from './exchange.mjs';
import { keptHeaders } from './log.mjs';
import { error, type Reply } from './reply.mjs';
import { send } from './send.mjs';

type Side = 'api' | 'storage';

function storageRoute(method: string): { endpoint: Endpoint; id: string } {
	if (method === 'PUT') return { endpoint: 'put', id: '' };
	if (method === 'GET' || method === 'HEAD') return { endpoint: 'artifact', id: '' };
	return { endpoint: 'other', id: '' };
}

function openExchange(
	side: Side,
	request: IncomingMessage,
	response: ServerResponse,
	sandbox: Sandbox,
): Exchange {
	const { method = 'GET', headers } = request;
	const url = new URL(request.url ?? '/', `http://${headers.host ?? 'localhost'}`);
	const { endpoint, id } = side === 'api' ? route(method, url.pathname) : storageRoute(method);
	const key = headers.authorization?.replace(/^bearer /i, '');
	const entry = sandbox.log.open({
		time: Date.now(),
		server: side,
		endpoint,
		method,
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		authorized: key !== undefined,
		key: key === undefined ? undefined : fingerprint(key, sandbox.accounts),
		organization: headers['x-organization-id'] as string | undefined,
		headers: keptHeaders(headers),
		bodyBytes: 0,
		sentBytes: 0,
		aborted: false,
	});
	return { request, response, url, endpoint, id, text: '', entry };
}

async function readBody(exchange: Exchange, sandbox: Sandbox): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of exchange.request) chunks.push(chunk as Buffer);
	const bytes = Buffer.concat(chunks);
	exchange.entry.bodyBytes = bytes.length;
	if (bytes.length === 0) return;
	exchange.text = bytes.toString();
	try {
		exchange.json = JSON.parse(exchange.text);
	} catch {
		exchange.json = undefined;
	}
	sandbox.log.keepBody(exchange.entry, exchange.json ?? exchange.text);
}

function modelOf({ endpoint, id, url, json }: Exchange, sandbox: Sandbox): string | undefined {
	if (endpoint === 'model') return id;
	if (endpoint === 'list') return url.searchParams.get('model_id') ?? undefined;
	if (endpoint === 'get') return sandbox.queue.find(id)?.model.id;
	if (endpoint === 'submit') {
		const model = (json as { model?: unknown } | null | undefined)?.model;
		return typeof model === 'string' ? model : undefined;
	}
	const folder = endpoint === 'artifact' ? url.pathname.split('/').at(-2) : undefined;
	return folder === undefined ? undefined : sandbox.queue.findByFolder(folder)?.model.id;
}

async function replyTo(exchange: Exchange, side: Side, sandbox: Sandbox): Promise<Reply> {
	const carryOut = () => (side === 'api' ? answerApi : answerStorage)(exchange, sandbox);
	const { endpoint, model, text, url } = exchange;
	const fault = sandbox.faults.take({ endpoint, model, text, path: url.pathname + url.search });
	if (!fault) return await carryOut();
	exchange.entry.fault = fault.spec.name;
	return await answerWithFault(fault, exchange, sandbox, carryOut);
}

async function serve(
	side: Side,
	request: IncomingMessage,
	response: ServerResponse,
	sandbox: Sandbox,
): Promise<void> {
	const exchange = openExchange(side, request, response, sandbox);
	const { entry } = exchange;
	const { socket } = request;
	const before = socket.bytesWritten;
	let leave: (() => void) | undefined;
	let broken = false;
	response.on('close', () => {
		entry.tookMs = Date.now() - entry.time;
		entry.sentBytes = socket.bytesWritten - before;
		entry.aborted = !response.writableFinished && !broken;
		leave?.();
	});
	if (exchange.endpoint === 'put') {
		request.on('data', (chunk: Buffer) => (entry.bodyBytes += chunk.length)).pause();
	} else {
		await readBody(exchange, sandbox);
	}
	exchange.model = entry.model = modelOf(exchange, sandbox);
	if (!response.destroyed) leave = sandbox.counters.enter(exchange);
	const reply = await replyTo(exchange, side, sandbox);
	const kind = reply.breakage?.kind;
	broken = kind === 'reset' || kind === 'truncate' || kind === 'cut';
	if (kind !== 'reset' && kind !== 'silence') entry.status = reply.status;
	// An upload that is refused early is still read, so that the client gets to see the refusal.
	if (kind !== 'reset') request.resume();
	await send(response, reply);
}

/** A server that listens on 127.0.0.1 only. */
export async function listen(server: Server, port: number): Promise<number> {
	server.requestTimeout = 0;
	server.keepAliveTimeout = 30_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', (problem: NodeJS.ErrnoException) => {
			const taken = problem.code === 'EADDRINUSE';
			reject(taken ? new Error(`Port ${port} is already in use; choose another one.`) : problem);
		});
		server.listen(port, '127.0.0.1', resolve);
	});
	return (server.address() as AddressInfo).port;
}

export function createSide(side: Side, sandbox: Sandbox): Server {
	return createServer((request, response) => {
		serve(side, request, response, sandbox).catch((problem: unknown) => {
			if (response.headersSent || response.destroyed) response.destroy();
			else void send(response, error(500, `The sandbox failed: ${String(problem)}`));
		});
	});
}
