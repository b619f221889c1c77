import { deepCopy, type IDataObject } from 'n8n-workflow';

import type { FollowState } from './follow/types';

const FIELD = 'follow';

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
