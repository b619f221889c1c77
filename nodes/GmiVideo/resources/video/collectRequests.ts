import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { throwIfCancelled } from '../../../shared/flow/pause';
import { createdAt, PAGE_SIZE, phaseOf, type Phase } from '../../../shared/queue/records';
import type { GmiQueue, RequestRecord } from '../../../shared/queue/types';

export interface RequestFilter {
	status?: Phase[];
	/** Dates as ISO 8601 text. */
	createdAfter?: string;
	createdBefore?: string;
}

export interface Wanted {
	model: string;
	limit: number;
	filter: RequestFilter;
	itemIndex: number;
}

/**
 * A model's requests that pass the filter, newest first. Stops reading once it has enough and every page
 * so far came newest first; the list's order is not documented, so otherwise it reads to the end.
 *
 * @throws GmiFault, NodeOperationError for a date that cannot be read
 */
export async function collectRequests(
	context: IExecuteFunctions,
	queue: GmiQueue,
	{ model, limit, filter, itemIndex }: Wanted,
): Promise<RequestRecord[]> {
	const after = readDate(context, 'Created After', filter.createdAfter, itemIndex) ?? -Infinity;
	const before = readDate(context, 'Created Before', filter.createdBefore, itemIndex) ?? Infinity;
	const phases = filter.status ?? [];
	const passes = (record: RequestRecord) =>
		createdAt(record) >= after &&
		createdAt(record) < before &&
		(phases.length === 0 || phases.includes(phaseOf(record)));

	const found = new Map<string, RequestRecord>();
	let oldest = Infinity;
	let sorted = true;
	for (let offset = 0; ; ) {
		throwIfCancelled(context.getExecutionCancelSignal());
		const page = await queue.listRequests({ model, limit: PAGE_SIZE, offset });
		for (const record of page.records) {
			sorted &&= createdAt(record) <= oldest;
			oldest = Math.min(oldest, createdAt(record));
			if (passes(record)) found.set(record.request_id, record);
		}
		offset += page.records.length;
		if (!page.hasMore || page.records.length === 0) break;
		if (sorted && (found.size >= limit || oldest < after)) break;
	}
	return [...found.values()].sort((a, b) => createdAt(b) - createdAt(a)).slice(0, limit);
}

function readDate(
	context: IExecuteFunctions,
	label: string,
	text: string | undefined,
	itemIndex: number,
): number | undefined {
	if (text === undefined || text === '') return undefined;
	const ms = Date.parse(String(text));
	if (!Number.isNaN(ms)) return ms / 1000;
	throw new NodeOperationError(context.getNode(), `${label} is not a date [item ${itemIndex}]`, {
		itemIndex,
		description: 'Use ISO 8601, for example 2026-03-01T09:00:00Z.',
	});
}
