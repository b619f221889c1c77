import type { RequestRecord } from '../../shared/queue/types';
import { createdAt, endKey } from './record';
import type { FollowState } from './types';
import { prune } from './window';

/** A request that ended and that n8n has not been told about. */
export interface Ready {
	scope: string;
	record: RequestRecord;
	endedAt: number;
	/** Earlier polls that could not hand it over. */
	tries: number;
}

/**
 * The state once n8n has been handed some of what was ready. To be saved in the same breath: whoever goes
 * on from it never hands those over again, and whoever goes on from the state before hands all of them over.
 *
 * @param failed what could not be handed over; it stays, with one more try counted
 */
export function settle(state: FollowState, handedOver: Ready[], failed: Ready[]): FollowState {
	const scopes = { ...state.scopes };
	for (const { scope: name, record } of handedOver) {
		const scope = scopes[name];
		const pending = scope.pending.filter(({ id }) => id !== record.request_id);
		const seen: typeof scope.seen = [...scope.seen, [endKey(record), createdAt(record)]];
		scopes[name] = prune({ ...scope, pending, seen });
	}
	for (const { scope: name, record, tries } of failed) {
		const scope = scopes[name];
		const pending = scope.pending.map((entry) =>
			entry.id === record.request_id ? { ...entry, tries: tries + 1 } : entry,
		);
		scopes[name] = { ...scope, pending };
	}
	return { ...state, scopes };
}
