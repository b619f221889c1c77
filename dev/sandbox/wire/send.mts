import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Content } from '../media/padding.mjs';
import type { Reply } from './reply.mjs';

function lengthOf(body: Reply['body']): number | undefined {
	if (body === undefined) return 0;
	if (typeof body === 'string') return Buffer.byteLength(body);
	if (Buffer.isBuffer(body)) return body.length;
	return 'length' in body ? (body as Content).length : undefined;
}

async function* chunksOf(body: Reply['body']): AsyncGenerator<Buffer> {
	if (body === undefined) return;
	if (typeof body === 'string') yield Buffer.from(body);
	else if (Buffer.isBuffer(body)) yield body;
	else if ('chunks' in body) yield* body.chunks();
	else yield* body;
}

/** Waits until the client has taken what was written, or has gone. */
function drained(response: ServerResponse): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			response.off('drain', done).off('close', done);
			resolve();
		};
		response.once('drain', done).once('close', done);
	});
}

async function write(response: ServerResponse, chunk: Buffer): Promise<void> {
	if (!response.destroyed && !response.write(chunk) && !response.destroyed) await drained(response);
}

/** Cuts a body down to its first bytes and paces it. */
async function* shaped(
	body: Reply['body'],
	limit: number,
	bytesPerSecond?: number,
): AsyncGenerator<Buffer> {
	const step = bytesPerSecond ? Math.max(1, Math.ceil(bytesPerSecond / 20)) : Infinity;
	let left = limit;
	for await (const chunk of chunksOf(body)) {
		for (let start = 0; start < chunk.length && left > 0; start += step) {
			const piece = chunk.subarray(start, Math.min(start + step, chunk.length, start + left));
			left -= piece.length;
			yield piece;
			if (bytesPerSecond) await pause((piece.length / bytesPerSecond) * 1000);
		}
		if (left <= 0) return;
	}
}

/** Writes a reply, or breaks it in the way it asks for. */
export async function send(response: ServerResponse, reply: Reply): Promise<void> {
	const { kind, afterBytes, bytesPerSecond, delayMs } = reply.breakage ?? {};
	if (delayMs) await pause(delayMs);
	if (response.destroyed || kind === 'silence') return;
	if (kind === 'reset') {
		response.socket?.resetAndDestroy();
		return;
	}
	const length = lengthOf(reply.body);
	const headers = { ...reply.headers };
	const bodiless = reply.status === 204 || reply.status === 304;
	if (length !== undefined && kind !== 'cut' && !bodiless)
		headers['content-length'] = String(length);
	response.writeHead(reply.status, headers);
	response.flushHeaders();
	if (reply.headOnly) {
		response.end();
		return;
	}
	const unfinished = kind === 'truncate' || kind === 'cut' || kind === 'stall';
	const limit = unfinished ? (afterBytes ?? Math.floor((length ?? 0) / 2)) : Infinity;
	for await (const chunk of shaped(reply.body, limit, bytesPerSecond)) {
		await write(response, chunk);
		if (response.destroyed) return;
	}
	if (kind === 'stall') return;
	if (kind === 'truncate' || kind === 'cut') response.socket?.destroySoon();
	else response.end();
}
