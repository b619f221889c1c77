/** The largest JSON reply that is read: room for results sent inline, yet no danger to n8n's memory. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;

interface ByteStream extends AsyncIterable<Uint8Array> {
	destroy(error?: Error): void;
}

/** Why a reply's body could not be read to its end. */
export class BodyError extends Error {
	constructor(
		readonly reason: 'tooLarge' | 'brokenOff' | 'tooSlow',
		message: string,
	) {
		super(message);
		this.name = 'BodyError';
	}
}

/**
 * Reads a reply's body as text, counting decompressed bytes so that a small compressed reply cannot
 * unfold into n8n's memory.
 *
 * @param body what n8n's HTTP helper gave for `encoding: 'stream'`; text and buffers pass through
 * @param timeoutMs how long the whole body may take
 * @throws BodyError when it is larger than `MAX_REPLY_BYTES`, breaks off or takes too long
 */
export async function readBody(body: unknown, timeoutMs: number): Promise<string> {
	if (typeof body === 'string') return body;
	if (Buffer.isBuffer(body)) return body.toString('utf8');
	if (!isByteStream(body)) return body === undefined || body === null ? '' : JSON.stringify(body);

	// n8n's `timeout` ends with the headers when the body is a stream.
	const deadline = AbortSignal.timeout(timeoutMs);
	const onDeadline = () => body.destroy(new BodyError('tooSlow', 'the reply took too long'));
	deadline.addEventListener('abort', onDeadline);

	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of body) {
			size += chunk.length;
			if (size > MAX_REPLY_BYTES) {
				body.destroy();
				return rejectTooLarge();
			}
			chunks.push(chunk);
		}
	} catch (error) {
		return rejectBroken(error);
	} finally {
		deadline.removeEventListener('abort', onDeadline);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function isByteStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function rejectTooLarge(): never {
	throw new BodyError(
		'tooLarge',
		`the reply is larger than ${MAX_REPLY_BYTES / 1024 / 1024} MB and was not read`,
	);
}

function rejectBroken(error: unknown): never {
	if (error instanceof BodyError) throw error;
	throw new BodyError('brokenOff', 'the reply broke off');
}
