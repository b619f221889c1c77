import type { IBinaryData, IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import { BLOCKED_BY_N8N, isBlockedByN8n } from '../../flow/errorChain';
import { pause, throwIfCancelled } from '../../flow/pause';
import { readProviderText } from '../../queue/providerText';
import { readBody } from '../../queue/readBody';
import { kindOfMime } from '../fileTypes';
import type { Output } from './artifacts';
import { guardAgainstStall } from './stall';

/** Downloads are free: a broken one is fetched again, after these pauses in milliseconds. */
const RETRY_PAUSES_MS = [500, 2_000, 5_000];

const HEADERS_TIMEOUT_MS = 60_000;

/** A file that could not be fetched, with the storage's reason in words. */
export class DownloadError extends Error {
	constructor(
		reason: string,
		/** Whether storage says that this address no longer leads to the file. */
		readonly isGone: boolean = false,
	) {
		super(reason);
		this.name = 'DownloadError';
	}
}

/** What can fetch files into n8n's binary store. */
export type FileContext = IExecuteFunctions | IPollFunctions;

type Stream = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

interface StorageReply {
	statusCode: number;
	headers: Record<string, unknown>;
	body: Stream;
}

/**
 * Streams one output file into n8n's binary store, without credentials. A broken, short or refused
 * download is tried again; when the address has expired, with a fresh one.
 *
 * @param renew gives the output with the address GMI has for it now
 * @throws DownloadError when the file cannot be had
 * @throws Cancelled
 */
export async function downloadOutput(
	context: FileContext,
	output: Output,
	renew: () => Promise<Output | undefined>,
	signal: AbortSignal | undefined,
): Promise<IBinaryData> {
	let current = output;
	for (let attempt = 0; ; attempt++) {
		try {
			return await fetchOnce(context, current, signal);
		} catch (error) {
			throwIfCancelled(signal);
			const failure = asDownloadError(error);
			if (attempt >= RETRY_PAUSES_MS.length) throw failure;
			await pause(RETRY_PAUSES_MS[attempt], signal);
			if (failure.isGone) current = (await renew()) ?? current;
		}
	}
}

async function fetchOnce(
	context: FileContext,
	output: Output,
	signal: AbortSignal | undefined,
): Promise<IBinaryData> {
	const { fileName, inline } = output;
	if (inline !== undefined) {
		const bytes = Buffer.from(inline, 'base64');
		return await context.helpers.prepareBinaryData(bytes, fileName, output.mimeType);
	}
	const reply = (await context.helpers.httpRequest({
		method: 'GET',
		url: output.url,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: HEADERS_TIMEOUT_MS,
		abortSignal: signal,
	})) as StorageReply;
	const mimeType = mimeTypeOf(reply, output);
	await expectFile(reply);

	const endGuard = guardAgainstStall(reply.body, signal);
	try {
		const binary = await context.helpers.prepareBinaryData(reply.body, fileName, mimeType);
		await expectWhole(context, binary, reply.headers);
		return binary;
	} finally {
		endGuard();
	}
}

async function expectFile({ statusCode, headers, body }: StorageReply): Promise<void> {
	const isPage = /^text\/html/i.test(String(headers['content-type']));
	if (statusCode >= 200 && statusCode < 300 && !isPage) return;
	const text = await readBody(body, HEADERS_TIMEOUT_MS).catch(() => '');
	const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
	const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1];
	const words = [code, message].filter(Boolean).join(': ') || readProviderText(text);
	const isGone = [400, 401, 403, 404, 410].includes(statusCode);
	throw new DownloadError(
		`storage answered with status ${statusCode}${words === '' ? '' : ` (${words})`}`,
		isGone,
	);
}

/** The connection's end is checked by the HTTP client; this holds even where something in between hides it. */
async function expectWhole(
	context: FileContext,
	binary: IBinaryData,
	headers: Record<string, unknown>,
): Promise<void> {
	const expected = Number(headers['content-length']);
	const stored = await storedBytes(context, binary);
	if (stored === 0) throw new DownloadError('storage sent an empty file');
	const encoded = headers['content-encoding'] !== undefined;
	if (!encoded && headers['content-length'] !== undefined && stored !== expected) {
		throw new DownloadError(`only ${stored} of ${expected} bytes arrived`);
	}
}

async function storedBytes(context: FileContext, binary: IBinaryData): Promise<number> {
	if (binary.id === undefined) return Buffer.byteLength(binary.data, 'base64');
	const { fileSize } = await context.helpers.getBinaryMetadata(binary.id);
	return fileSize;
}

/** Storage's own type when it is one of media; else what the address or GMI said. */
function mimeTypeOf({ headers }: StorageReply, output: Output): string {
	const type = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim();
	return kindOfMime(type) === undefined ? output.mimeType : type;
}

function asDownloadError(error: unknown): DownloadError {
	if (error instanceof DownloadError) return error;
	if (isBlockedByN8n(error)) return new DownloadError(BLOCKED_BY_N8N);
	const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
	if (code === 'ECONNABORTED') return new DownloadError('storage did not answer in time');
	const isStall = /stalled/.test(String(message));
	return new DownloadError(
		isStall ? 'the download stopped moving' : 'the connection to storage broke off',
	);
}
