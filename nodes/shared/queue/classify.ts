import { GmiFault, type FaultKind } from './fault';
import { isHtml, readProviderText, redact } from './providerText';
import { readRetryAfter } from './retryAfter';

/** A reply as it came over the wire; `body` is parsed JSON where it was JSON, else text. */
export interface WireReply {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** Connection errors that come before any byte of the call has left: GMI cannot have seen it. */
const NEVER_SENT = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ERR_INVALID_URL',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
];

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
	const codes = errorChain(error).map(({ code }) => code);
	const unreachable = codes.some((code) => typeof code === 'string' && NEVER_SENT.includes(code));
	const timedOut = errorChain(error).some(
		({ code, message }) =>
			code === 'ECONNABORTED' || code === 'ETIMEDOUT' || /timeout/i.test(String(message)),
	);
	return new GmiFault({
		kind: unreachable ? 'unreachable' : 'noReply',
		providerText: unreachable
			? 'no connection to the address'
			: timedOut
				? 'no reply within the time allowed'
				: 'the connection was closed before the reply',
	});
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

type ErrorLink = { code?: unknown; message?: unknown; cause?: unknown; errorResponse?: unknown };

function errorChain(error: unknown): ErrorLink[] {
	const links: ErrorLink[] = [];
	let link = error as ErrorLink | undefined;
	while (typeof link === 'object' && link !== null && links.length < 6) {
		links.push(link);
		link = (link.cause ?? link.errorResponse) as ErrorLink | undefined;
	}
	return links;
}
