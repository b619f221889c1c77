import { createHash } from 'crypto';

import { phaseOf } from '../../shared/queue/records';
import type { RequestRecord } from '../../shared/queue/types';

/** When a request was made, in unix seconds; at the latest when it last changed. 0 without any time. */
export function createdAt(record: RequestRecord): number {
	return record.created_at ?? record.queued_at ?? record.updated_at ?? 0;
}

/** When a request ended. GMI keeps no such field; `updated_at` stands still from then on. */
export function endedAt(record: RequestRecord): number {
	return record.updated_at ?? createdAt(record);
}

export function hasEnded(record: RequestRecord): boolean {
	return phaseOf(record) !== 'open';
}

/** Names one end of one request in 12 characters (72 bits): ids are too long to keep many. */
export function endKey(record: RequestRecord): string {
	return createHash('sha256')
		.update(JSON.stringify([record.request_id, phaseOf(record)]))
		.digest('base64')
		.slice(0, 12);
}
