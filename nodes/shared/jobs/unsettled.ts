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

/** In every execution of this process. */
const unsettled = new Set<UnsettledSubmit>();

export function addUnsettled(submit: UnsettledSubmit): void {
	unsettled.add(submit);
}

export function removeUnsettled(submit: UnsettledSubmit): void {
	unsettled.delete(submit);
}

/** The other submits that may have made a request, with how well it fits each. */
export function rivalsFor(
	submit: UnsettledSubmit,
	record: RequestRecord,
): Array<{ rival: UnsettledSubmit; match: Match }> {
	return [...unsettled]
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
