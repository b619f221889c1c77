import { BLOCKED_BY_N8N, errorChain, isBlockedByN8n, type ErrorLink } from '../flow/errorChain';
import { GmiFault, type FaultKind } from './fault';
import { isHtml, readProviderText, redact } from './providerText';
import { readRetryAfter } from './retryAfter';

/** A reply as it came over the wire; `body` is parsed JSON where it was JSON, else text. */
export interface WireReply {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

const UNTRUSTED = 'its certificate is not trusted';

/** Connection errors that come before any byte of the call has left, in words: GMI cannot have seen it. */
const NEVER_SENT: Record<string, string> = {
	ECONNREFUSED: 'nothing answers at the address',
	ENOTFOUND: 'its host name is not known',
	EAI_AGAIN: 'its host name cannot be looked up',
	EHOSTUNREACH: 'there is no way to its network',
	ENETUNREACH: 'there is no way to its network',
	ERR_INVALID_URL: 'the address is not valid',
	CERT_HAS_EXPIRED: 'its certificate has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
	SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** The fault a reply outside 2xx stands for. `secrets` never appear in its words. */
export function faultOfReply(reply: WireReply, secrets: string[]): GmiFault {
	const providerText = redact(readProviderText(reply.body), secrets);
	const requestId = (reply.body as { request_id?: unknown } | undefined)?.request_id;
	return new GmiFault({
		kind: kindOfReply(reply, providerText),
		status: reply.status,
		providerText,
		requestId: typeof requestId === 'string' && requestId !== '' ? requestId : undefined,
		retryAfterMs: readRetryAfter(reply.body, reply.headers),
	});
}

/** The fault that silence stands for: `unreachable` when the call was never sent, else `noReply`. */
export function faultOfSilence(error: unknown): GmiFault {
	const obstacle = isBlockedByN8n(error) ? BLOCKED_BY_N8N : neverSent(error);
	if (obstacle) return new GmiFault({ kind: 'unreachable', providerText: obstacle });
	const timedOut = errorChain(error).some(
		(link) =>
			codesOf(link).some((code) => code === 'ECONNABORTED' || code === 'ETIMEDOUT') ||
			/timeout/i.test(`${String(link.message)} ${String(link.messages)}`),
	);
	return new GmiFault({
		kind: 'noReply',
		providerText: timedOut
			? 'no reply within the time allowed'
			: 'the connection was closed before the reply',
	});
}

function neverSent(error: unknown): string | undefined {
	return errorChain(error)
		.flatMap(codesOf)
		.map((code) => NEVER_SENT[code])
		.find((words) => words !== undefined);
}

function codesOf({ code, httpCode }: ErrorLink): string[] {
	return [code, httpCode].filter((value) => typeof value === 'string');
}

function kindOfReply({ status, body }: WireReply, text: string): FaultKind {
	if (status < 200) return 'server';
	if (status < 300) return 'unreadable';
	if (status < 400) return 'redirected';
	switch (status) {
		case 401:
			return 'badKey';
		case 402:
			return 'noCredit';
		case 403:
			return typeof body === 'string' && isHtml(body) ? 'blocked' : 'forbidden';
		case 404:
			return 'notFound';
		case 405:
			return 'wrongHost';
		case 408:
			return 'server';
		case 429:
			return 'rateLimited';
	}
	if (status < 500) return 'invalid';
	if (status === 503 && /capacity/i.test(text)) return 'capacity';
	return /backend error \(4\d\d\)/i.test(text) ? 'upstreamRefused' : 'server';
}
