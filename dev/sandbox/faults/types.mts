import type { Match } from '../matcher.mjs';
import type { Sandbox } from '../sandbox.mjs';
import type { Exchange } from '../wire/exchange.mjs';
import type { Reply } from '../wire/reply.mjs';

/** A fault as it is asked for: a name, which calls it hits, and its own options. */
export interface FaultSpec extends Match {
	name: string;
	/** Overrides whether the call is carried out before it goes wrong. */
	accepted?: boolean;
	/** Overrides whether a refused submit shows up in the list as failed. */
	listed?: boolean;
	/** Overrides the status of the reply. */
	status?: number;
	/** Overrides the message. */
	text?: string;
	/** Overrides the whole body. */
	body?: unknown;
	headers?: Record<string, string>;
	retryAfterMs?: number;
	/** Where a redirect points. */
	location?: string;
	/** For broken bodies: bytes that still come. */
	afterBytes?: number;
	bytesPerSecond?: number;
	delayMs?: number;
	/** Size of the oversized replies. */
	bytes?: number;
}

export interface FaultContext {
	exchange: Exchange;
	sandbox: Sandbox;
	spec: FaultSpec;
	/** What the call would have answered; only there when it was carried out. */
	usual?: Reply;
}

/** One entry of the table: what a fault's name means. */
export interface Fault {
	about: string;
	/** Whether the call is carried out (a submit: accepted) before it goes wrong. */
	accepted: boolean;
	/** A refused submit still shows up in the list, as failed. */
	listed?: boolean;
	reply(context: FaultContext): Reply;
}

export type FaultTable = Record<string, Fault>;
