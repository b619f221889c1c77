import type { IDataObject } from 'n8n-workflow';

import { GmiFault } from '../queue/fault';
import type { GmiQueue, RequestRecord } from '../queue/types';
import type { Claims } from './claims';
import { pause } from '../flow/pause';
import { comparePayload, type Match } from './samePayload';

/** Pauses before each look into the list: a list may show a new request only after a while. */
const LOOKS_AFTER_MS = [1_000, 2_000, 4_000, 8_000];

/** `created_at` counts whole seconds and the clocks are compared to the second. */
const CLOCK_TOLERANCE_MS = 2_500;

const PAGE_SIZE = 100;
const MOST_PAGES = 10;

export interface SentSubmit {
	model: string;
	payload: IDataObject;
	/** The model's own defaults, which GMI may echo. */
	defaults: IDataObject;
	/** GMI's time in milliseconds when the submit began. */
	since: number;
}

export type Reconciled =
	| { found: RequestRecord }
	/** `candidates`: requests of the right time whose content GMI does not show. */
	| { found?: undefined; candidates: string[] };

/**
 * Looks in GMI's list for the request of a submit that ended without an answer: same model, made since
 * the submit began, same content, and not another item's. Looks several times over 15 seconds.
 *
 * @throws Cancelled
 */
export async function findSubmitted(
	queue: GmiQueue,
	sent: SentSubmit,
	claims: Claims,
	signal: AbortSignal | undefined,
): Promise<Reconciled> {
	let candidates: string[] = [];
	for (const delay of LOOKS_AFTER_MS) {
		await pause(delay, signal);
		const since = sent.since - CLOCK_TOLERANCE_MS;
		const recent = await listSince(queue, sent.model, since).catch(noneWhenFaulty);
		const free = recent.filter((record) => !claims.isTaken(record.request_id));
		const compared = await compareAll(queue, sent, free);
		const match =
			compared.find(({ match: m }) => m === 'same') ??
			compared.find(({ match: m }) => m === 'more');
		if (match && claims.take(match.record.request_id)) return { found: match.record };
		candidates = compared
			.filter(({ match: m }) => m === 'unknown')
			.map(({ record }) => record.request_id);
	}
	return { candidates };
}

/**
 * The model's requests made since a time (milliseconds), without relying on the list's order.
 *
 * @throws GmiFault when a page cannot be had
 */
export async function listSince(
	queue: GmiQueue,
	model: string,
	since: number,
): Promise<RequestRecord[]> {
	const found: RequestRecord[] = [];
	for (let page = 0, offset = 0; page < MOST_PAGES; page++) {
		const { records, hasMore } = await queue.listRequests({ model, limit: PAGE_SIZE, offset });
		const recent = records.filter((record) => createdMs(record) >= since);
		found.push(...recent);
		offset += records.length;
		if (!hasMore || (recent.length === 0 && isNewestFirst(records))) break;
	}
	return found;
}

async function compareAll(
	queue: GmiQueue,
	{ payload, defaults }: SentSubmit,
	records: RequestRecord[],
): Promise<Array<{ record: RequestRecord; match: Match }>> {
	return await Promise.all(
		records.map(async (record) => {
			const match = comparePayload(payload, record.payload, defaults);
			if (match !== 'unknown') return { record, match };
			const details = await detailsOf(queue, record);
			return { record: details, match: comparePayload(payload, details.payload, defaults) };
		}),
	);
}

/** The details may show a payload that the list leaves out. */
async function detailsOf(queue: GmiQueue, record: RequestRecord): Promise<RequestRecord> {
	try {
		return await queue.getRequest(record.request_id);
	} catch {
		return record;
	}
}

function createdMs(record: RequestRecord): number {
	return (record.created_at ?? record.queued_at ?? 0) * 1000;
}

function isNewestFirst(records: RequestRecord[]): boolean {
	return records.every((record, i) => i === 0 || createdMs(records[i - 1]) >= createdMs(record));
}

/** A list that fails now may answer at the next look. */
function noneWhenFaulty(error: unknown): RequestRecord[] {
	if (error instanceof GmiFault) return [];
	throw error as Error;
}
