import { createdAt, PAGE_SIZE } from '../queue/records';
import type { GmiQueue, RequestRecord } from '../queue/types';

const MOST_PAGES = 10;

export interface RecentRequests {
	records: RequestRecord[];
	/** False when the list is too long to be read to its end. */
	complete: boolean;
}

/**
 * The model's requests made since a local time (milliseconds), without relying on the list's order.
 *
 * @throws GmiFault when a page cannot be had
 */
export async function listSince(
	queue: GmiQueue,
	model: string,
	since: number,
): Promise<RecentRequests> {
	const all: RequestRecord[] = [];
	let complete = false;
	for (let page = 0; page < MOST_PAGES && !complete; page++) {
		const reply = await queue.listRequests({ model, limit: PAGE_SIZE, offset: all.length });
		all.push(...reply.records);
		const last = all[all.length - 1];
		const pastThem = last !== undefined && madeAt(queue, last) < since && isNewestFirst(all);
		complete = !reply.hasMore || pastThem;
	}
	return { records: all.filter((record) => madeAt(queue, record) >= since), complete };
}

/** Local time in milliseconds when a request was made: GMI's clock is not this computer's. */
export function madeAt(queue: GmiQueue, record: RequestRecord): number {
	return createdAt(record) * 1000 - (queue.now() - Date.now());
}

/** Whether the records run from new to old; equal times alone do not show it. */
function isNewestFirst(records: RequestRecord[]): boolean {
	const times = records.map(createdAt);
	const falls = times.every((time, i) => i === 0 || times[i - 1] >= time);
	return falls && times[0] > times[times.length - 1];
}
