import type { IDataObject } from 'n8n-workflow';

import { readProviderText } from './providerText';
import type { RequestPage, RequestRecord } from './types';

/** The most requests that one page of GMI's list holds. */
export const PAGE_SIZE = 100;

/** Where a request stands: still open, or ended in one of three ways. */
export type Phase = 'open' | 'success' | 'failed' | 'cancelled';

/** GMI's documented end states, and the spellings that clients of its queue have guarded against. */
const PHASES: Record<string, Phase> = {
	success: 'success',
	succeeded: 'success',
	completed: 'success',
	finished: 'success',
	failed: 'failed',
	error: 'failed',
	cancelled: 'cancelled',
	canceled: 'cancelled',
};

/** Any status not known to be final counts as open: a new name must not end a wait. */
export function phaseOf(record: Pick<RequestRecord, 'status'>): Phase {
	return PHASES[record.status.trim().toLowerCase()] ?? 'open';
}

/** Whether a request ended without a result; GMI charges nothing for it. */
export function hasFailed(record: RequestRecord): boolean {
	return ['failed', 'cancelled'].includes(phaseOf(record));
}

/** When a request was made, in unix seconds on GMI's clock; 0 for a record without such a time. */
export function createdAt({ created_at, queued_at }: RequestRecord): number {
	return created_at ?? queued_at ?? 0;
}

/** A create reply and some lists say `success` without the `outcome` that holds the files. */
export function lacksOutcome(record: RequestRecord): boolean {
	if (phaseOf(record) !== 'success') return false;
	const { outcome } = record;
	return outcome === undefined || outcome === null || Object.keys(outcome).length === 0;
}

/**
 * GMI's reason for a failed or cancelled request: `outcome.error` as text or object, then the other
 * places clients have met. Empty when none is given. The echoed payload is never searched.
 */
export function failureReason(record: RequestRecord): string {
	const { outcome } = record;
	const inOutcome =
		typeof outcome === 'string' ? outcome : readProviderText(outcome) || statusText(outcome);
	return inOutcome || readProviderText(record);
}

/** Whether the request has sat in the queue untouched since it was made, as GMI's dead models do. */
export function isUntouched(record: RequestRecord): boolean {
	return (
		['created', 'queued'].includes(record.status.trim().toLowerCase()) &&
		record.created_at !== undefined &&
		record.updated_at === record.created_at
	);
}

/**
 * A record from a reply, or undefined when it has no id. `model` fills in for a reply that leaves
 * it out.
 */
export function readRecord(body: unknown, model = ''): RequestRecord | undefined {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
	const fields = body as IDataObject;
	const id = fields.request_id;
	if (typeof id !== 'string' || id.trim() === '') return undefined;
	return {
		...fields,
		request_id: id.trim(),
		model: typeof fields.model === 'string' && fields.model !== '' ? fields.model : model,
		status: typeof fields.status === 'string' ? fields.status : 'unknown',
	};
}

/**
 * A page of the request list. GMI closes its list with `total` (its SDK) or `has_more` (observed);
 * with neither, a page shorter than asked for is the last. Entries without an id are left out.
 * Returns undefined when the reply is no list at all.
 */
export function readPage(
	body: unknown,
	query: { model?: string; limit: number; offset: number },
): RequestPage | undefined {
	const { requests, total, has_more } = (Array.isArray(body) ? { requests: body } : body) as {
		requests?: unknown;
		total?: unknown;
		has_more?: unknown;
	};
	if (requests !== null && requests !== undefined && !Array.isArray(requests)) return undefined;
	if (requests === undefined && total === undefined && has_more === undefined) return undefined;
	const entries: unknown[] = requests ?? [];
	const records = entries
		.map((entry) => readRecord(entry, query.model))
		.filter((record): record is RequestRecord => record !== undefined);
	return { records, hasMore: moreAfter(entries.length, query, total, has_more) };
}

function moreAfter(
	count: number,
	{ limit, offset }: { limit: number; offset: number },
	total: unknown,
	hasMore: unknown,
): boolean {
	if (count === 0) return false;
	if (typeof hasMore === 'boolean') return hasMore;
	if (typeof total === 'number') return offset + count < total;
	return count >= limit;
}

function statusText(outcome: IDataObject | null | undefined): string {
	const status = outcome?.status;
	return typeof status === 'string' && status !== 'success' ? status : '';
}
