import { deepCopy, type IDataObject } from 'n8n-workflow';

import type { FollowState } from './follow/types';

const FIELD = 'follow';

/** A first reading is made up for by a later one after this long. */
const FIRST_READING_LASTS_MS = 60 * 60_000;

const firstReadings = new Map<string, { state: FollowState; at: number }>();

/**
 * Notes a first reading beside n8n's keeping. With durable cursors n8n 2.41 drops what the poll at activation
 * learned, and what ended before the next poll would pass for history.
 */
export function noteFirstReading(node: string, state: FollowState): void {
	firstReadings.set(node, { state: deepCopy(state), at: Date.now() });
}

/** The first reading of a node that n8n kept nothing for; once only. */
export function takeFirstReading(node: string): FollowState | undefined {
	const noted = firstReadings.get(node);
	firstReadings.delete(node);
	if (noted === undefined) return undefined;
	return Date.now() - noted.at < FIRST_READING_LASTS_MS ? noted.state : undefined;
}

/** Gives back what the last polls knew, as far as n8n kept it; undefined before the first. */
export function recall(data: IDataObject): FollowState | undefined {
	const kept = data[FIELD] as unknown as FollowState | undefined;
	if (typeof kept?.scopes !== 'object' || kept.scopes === null) return undefined;
	// n8n hands out observed objects: a plain copy neither reports changes nor gets lost in proxies.
	return deepCopy(kept);
}

/**
 * Has n8n keep a state. n8n notices a new value only, and keeps it for good when the workflow is activated
 * and when a poll gives items; after a quiet poll only where durable cursors are switched on (n8n 2.36 and
 * later, off unless configured). A killed n8n therefore goes on from the state at the last items.
 */
export function keep(data: IDataObject, state: FollowState): void {
	const plain = JSON.parse(JSON.stringify(state)) as IDataObject;
	if (JSON.stringify(data[FIELD]) !== JSON.stringify(plain)) data[FIELD] = plain;
}
