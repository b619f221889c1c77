/**
 * What kind of answer a call to GMI ended with, named by what follows from it:
 *
 * - `rateLimited` (429), `capacity` (503 that says so): refused for load; the call may be sent again.
 * - `badKey` (401), `noCredit` (402), `forbidden` (403), `blocked` (403 page of the network in front of
 *   GMI), `notFound` (404), `wrongHost` (405), `invalid` (400, 422 and other 4xx), `upstreamRefused`
 *   (500 "Backend error (4xx)"), `redirected` (3xx): refused, and sending it again changes nothing.
 * - `server` (any other 5xx), `unreadable` (2xx that is not the JSON expected), `noReply` (time-out or
 *   connection lost after sending): nothing proves whether the call took effect.
 * - `unreachable`: the connection was never made, so GMI has not seen the call.
 */
export type FaultKind =
	| 'rateLimited'
	| 'capacity'
	| 'badKey'
	| 'noCredit'
	| 'forbidden'
	| 'blocked'
	| 'notFound'
	| 'wrongHost'
	| 'invalid'
	| 'upstreamRefused'
	| 'redirected'
	| 'server'
	| 'unreadable'
	| 'noReply'
	| 'unreachable';

export interface FaultDetails {
	kind: FaultKind;
	/** HTTP status, when a reply came. */
	status?: number;
	/** GMI's own words, trimmed to a readable length; empty when it gave none. */
	providerText: string;
	/** A request id that came with a refusal. */
	requestId?: string;
	/** How long GMI asks to wait, in milliseconds. */
	retryAfterMs?: number;
	/** The reply was too large to be read; a shorter page may do. */
	isTooLarge?: boolean;
}

/** What may pass by itself: a free call that ended so is worth making again. */
export const PASSING_FAULTS: FaultKind[] = [
	'rateLimited',
	'capacity',
	'server',
	'unreadable',
	'noReply',
];

/** A call to GMI that did not end in a usable reply. Thrown by every method of `GmiQueue`. */
export class GmiFault extends Error implements FaultDetails {
	readonly kind: FaultKind;
	readonly status?: number;
	readonly providerText: string;
	readonly requestId?: string;
	readonly retryAfterMs?: number;
	readonly isTooLarge?: boolean;

	constructor(details: FaultDetails) {
		super(details.providerText || details.kind);
		this.name = 'GmiFault';
		this.kind = details.kind;
		this.status = details.status;
		this.providerText = details.providerText;
		this.requestId = details.requestId;
		this.retryAfterMs = details.retryAfterMs;
		this.isTooLarge = details.isTooLarge;
	}
}

/** @throws what was thrown, when it is no fault */
export function asFault(error: unknown): GmiFault {
	if (error instanceof GmiFault) return error;
	throw error as Error;
}

/** For what can do without an answer: nothing for a fault. Everything else is thrown on. */
export function noneWhenFaulty(error: unknown): undefined {
	asFault(error);
	return undefined;
}
