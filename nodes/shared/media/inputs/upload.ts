import type { IExecuteFunctions } from 'n8n-workflow';

import { pause, throwIfCancelled } from '../../flow/pause';
import { GmiFault, PASSING_FAULTS, type FaultKind } from '../../queue/fault';
import type { GmiQueue, UploadTarget } from '../../queue/types';
import { openFile } from './file';
import type { MediaFile } from './types';
import { UPLOAD_CONTENT_TYPES } from './uploadTypes';

/** How long storage may stay silent. The signed address lives for 15 minutes. */
const UPLOAD_TIMEOUT_MS = 120_000;
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
/** GMI's rate limits count by the minute. */
const LONGEST_PAUSE_MS = 60_000;

/** Asking for an upload address costs nothing, so every end that may be transient is tried again. */
const RETRIED_FAULTS: FaultKind[] = [...PASSING_FAULTS, 'unreachable'];

/** A file did not get into GMI's storage, after every try. Its words hold no part of the signed address. */
export class UploadError extends Error {
	/** @param status HTTP status of the storage's last reply, when one came */
	constructor(
		message: string,
		readonly status?: number,
	) {
		super(message);
		this.name = 'UploadError';
	}
}

/** How one try ended; `retry` says whether a fresh address may do better. */
interface Refusal {
	error: GmiFault | UploadError;
	retry: boolean;
	pauseMs?: number;
	signatureMismatch?: boolean;
}

/**
 * Puts a file into GMI's storage and gives the address that models read it under. A file that n8n stores is
 * streamed. GMI's key is not sent to the storage. Transient ends are tried again, each time with a fresh
 * signed address.
 *
 * @throws GmiFault when GMI gives no upload address
 * @throws UploadError when the storage does not take the file
 * @throws Cancelled when the execution is cancelled
 */
export async function uploadFile(
	context: IExecuteFunctions,
	queue: GmiQueue,
	file: MediaFile,
	signal: AbortSignal | undefined = context.getExecutionCancelSignal(),
): Promise<string> {
	const extension = file.uploadExtension ?? '';
	const contentTypes = [...(UPLOAD_CONTENT_TYPES.get(extension) ?? [file.mimeType])];
	for (let attempt = 1; ; ) {
		throwIfCancelled(signal);
		const result = await tryUpload(context, queue, file, extension, contentTypes[0], signal);
		throwIfCancelled(signal);
		if (typeof result === 'string') return result;

		if (result.signatureMismatch === true && contentTypes.length > 1) {
			contentTypes.shift();
			continue;
		}
		if (!result.retry || attempt === ATTEMPTS) throw result.error;
		await pause(result.pauseMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1), signal);
		attempt += 1;
	}
}

async function tryUpload(
	context: IExecuteFunctions,
	queue: GmiQueue,
	file: MediaFile,
	extension: string,
	contentType: string,
	signal: AbortSignal | undefined,
): Promise<string | Refusal> {
	let target: UploadTarget;
	try {
		target = await queue.createUpload(extension);
	} catch (error) {
		return refusalOfGmi(error);
	}
	const refusal = await put(context, target.uploadUrl, file, contentType, signal);
	return refusal ?? target.publicUrl;
}

/** Sends the bytes; gives what stood against it, or undefined when the storage took them. */
async function put(
	context: IExecuteFunctions,
	url: string,
	file: MediaFile,
	contentType: string,
	signal: AbortSignal | undefined,
): Promise<Refusal | undefined> {
	let body: Awaited<ReturnType<typeof openFile>>;
	try {
		body = await openFile(context, file.binary);
	} catch {
		return refusal(file, "the file can no longer be read from n8n's storage", { retry: false });
	}
	try {
		const reply = (await context.helpers.httpRequest({
			method: 'PUT',
			url,
			body,
			headers: { 'Content-Type': contentType, 'Content-Length': String(file.bytes) },
			// Following redirects would also make the HTTP client keep the whole body in memory.
			disableFollowRedirect: true,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: UPLOAD_TIMEOUT_MS,
			abortSignal: signal,
		})) as { statusCode: number; body: unknown };
		return refusalOfStorage(file, reply.statusCode, String(reply.body ?? ''));
	} catch (error) {
		return refusal(file, describeSilence(error), { retry: true });
	} finally {
		if (!Buffer.isBuffer(body)) body.destroy();
	}
}

function refusalOfGmi(error: unknown): Refusal {
	if (!(error instanceof GmiFault)) throw error;
	return {
		error,
		retry: RETRIED_FAULTS.includes(error.kind),
		pauseMs: error.retryAfterMs && Math.min(error.retryAfterMs, LONGEST_PAUSE_MS),
	};
}

/** Google Cloud Storage answers in XML; only its code and message are shown, never the request it quotes. */
function refusalOfStorage(file: MediaFile, status: number, xml: string): Refusal | undefined {
	if (status >= 200 && status < 300) return undefined;
	const code = readTag(xml, 'Code');
	const message = readTag(xml, 'Message');
	const words = [code, message].filter((part) => part !== '').join(': ');
	const expired = /expired/i.test(words);
	return refusal(file, `it answered ${status}${words && ` (${words})`}`, {
		retry: status >= 500 || status === 408 || status === 429 || expired,
		status,
		signatureMismatch: status === 403 && code === 'SignatureDoesNotMatch',
	});
}

function refusal(
	file: MediaFile,
	reason: string,
	how: { retry: boolean; status?: number; signatureMismatch?: boolean },
): Refusal {
	const { status, ...rest } = how;
	const message = `The file "${file.fileName}" could not be uploaded to GMI's storage: ${reason}`;
	return { error: new UploadError(message, status), ...rest };
}

function readTag(xml: string, tag: string): string {
	const text = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? '';
	const safe = text.replace(/https?:\/\/\S+|X-Goog-\S+/gi, '…').trim();
	return safe.length > 200 ? `${safe.slice(0, 200)}…` : safe;
}

/** The client's own message may quote the address, so it is told by its code alone. */
function describeSilence(error: unknown): string {
	const code = (error as { code?: unknown } | undefined)?.code;
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'it stopped answering';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ECONNREFUSED') {
		return 'it cannot be reached from this n8n';
	}
	return 'the connection broke off';
}
