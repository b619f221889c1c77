import type { IDataObject } from 'n8n-workflow';

import type { RequestRecord } from '../queue/types';
import { comparePayload, type Match } from './samePayload';

/** A submit of which it is not known yet which request it made, if any. */
export interface UnsettledSubmit {
	/** The credential's account. */
	account: string;
	model: string;
	payload: IDataObject;
	/** The model's own defaults, which GMI may echo. */
	defaults: IDataObject;
	/** Local time in milliseconds when the submit began. */
	since: number;
	/** Set while the answer may still come. */
	call?: Promise<RequestRecord>;
	/** The id that came with an answer which is otherwise unclear. */
	namedId?: string;
}

/** How long a submit is reckoned with: as long as its call, and as a retry may still find its request. */
const KEPT_FOR_MS = 3_600_000;

/** In every execution of this process, with the local time until which they are kept; oldest first. */
const unsettled = new Map<UnsettledSubmit, number>();

/** Stays, whatever becomes of its run, until it is settled or long over. */
export function addUnsettled(submit: UnsettledSubmit): void {
	for (const [old, keptUntil] of unsettled) {
		if (keptUntil > Date.now()) break;
		unsettled.delete(old);
	}
	unsettled.delete(submit);
	unsettled.set(submit, Date.now() + KEPT_FOR_MS);
}

export function removeUnsettled(submit: UnsettledSubmit): void {
	unsettled.delete(submit);
}

/** The other submits that may have made a request, with how well it fits each. */
export function rivalsFor(
	submit: UnsettledSubmit,
	record: RequestRecord,
): Array<{ rival: UnsettledSubmit; match: Match }> {
	return [...unsettled.keys()]
		.filter(
			(rival) =>
				rival !== submit && rival.account === submit.account && rival.model === submit.model,
		)
		.map((rival) => ({ rival, match: matchOf(rival, record) }))
		.filter(({ match }) => match === 'same' || match === 'more');
}

export function matchOf({ payload, defaults }: UnsettledSubmit, record: RequestRecord): Match {
	return comparePayload(payload, record.payload, defaults);
}
