import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { Cancelled } from '../shared/flow/pause';
import { Delivery, itemOf } from '../shared/jobs/deliver';
import { JobFailure } from '../shared/jobs/failure';
import { GmiFault } from '../shared/queue/fault';
import { lacksOutcome, phaseOf } from '../shared/queue/records';
import type { GmiQueue, RequestRecord } from '../shared/queue/types';
import type { Ready } from './follow/settle';

/** Polls that try to get a file, or a missing outcome, before the item goes out without. */
const MOST_TRIES = 5;

const MOST_ITEMS = 500;
/** With files: few enough to be fetched within one poll, and to fit into memory where n8n keeps files there. */
const MOST_ITEMS_WITH_FILES = 25;

export interface OutputSettings {
	download: boolean;
	binaryName: string;
}

export interface HandedOver {
	items: INodeExecutionData[];
	handedOver: Ready[];
	/** Stays for the next poll. */
	failed: Ready[];
}

type Outcome = { ready: Ready; item?: INodeExecutionData };

/**
 * The items for requests that ended, in the order given. What cannot be completed now, because a file cannot
 * be fetched or GMI does not give the outcome yet, is left for the next poll; after five polls it goes
 * out as it is, with the reason in `download_error`.
 *
 * @param signal ends the downloads when the poll's time is up
 */
export async function handOver(
	context: IPollFunctions,
	queue: GmiQueue,
	ready: Ready[],
	{ download, binaryName }: OutputSettings,
	signal: AbortSignal,
): Promise<HandedOver> {
	const delivery = new Delivery(context, queue, binaryName, signal);
	const batch = ready.slice(0, download ? MOST_ITEMS_WITH_FILES : MOST_ITEMS);

	const complete = async (one: Ready): Promise<Outcome> => {
		const isLast = one.tries >= MOST_TRIES - 1;
		const record = await withOutcome(queue, one.record);
		if (record === undefined && !isLast) return { ready: one };
		const known = record ?? one.record;
		if (!download || phaseOf(known) !== 'success') return { ready: one, item: plainItem(known) };
		try {
			return { ready: one, item: withoutPair(await delivery.item(known, 0)) };
		} catch (error) {
			const reason = reasonOf(error);
			context.logger.warn(
				`GMI Cloud: the files of request ${known.request_id} could not be fetched: ${reason}`,
			);
			return isLast ? { ready: one, item: plainItem(known, reason) } : { ready: one };
		}
	};
	const outcomes = await Promise.all(batch.map(complete));
	return {
		items: outcomes.flatMap(({ item }) => (item ? [item] : [])),
		handedOver: outcomes.filter(({ item }) => item).map((outcome) => outcome.ready),
		failed: outcomes.filter(({ item }) => !item).map((outcome) => outcome.ready),
	};
}

/** The record with its outcome, which some lists leave out; undefined when GMI does not give it now. */
async function withOutcome(
	queue: GmiQueue,
	record: RequestRecord,
): Promise<RequestRecord | undefined> {
	if (!lacksOutcome(record)) return record;
	try {
		const details = await queue.getRequest(record.request_id);
		return lacksOutcome(details) ? undefined : { ...record, ...details };
	} catch (error) {
		if (error instanceof GmiFault) return undefined;
		throw error as Error;
	}
}

/** @throws everything that is no failed download */
function reasonOf(error: unknown): string {
	if (error instanceof Cancelled) return 'the time for this poll was up';
	if (error instanceof JobFailure) return error.details.reason ?? 'no reason was given';
	throw error as Error;
}

export function plainItem(record: RequestRecord, downloadError?: string): INodeExecutionData {
	const item = withoutPair(itemOf(record, 0));
	return downloadError === undefined
		? item
		: { json: { ...item.json, download_error: downloadError } };
}

/** A trigger's items come from nowhere. */
function withoutPair({ json, binary }: INodeExecutionData): INodeExecutionData {
	return binary === undefined ? { json } : { json, binary };
}
