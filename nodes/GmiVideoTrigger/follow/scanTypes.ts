import type { GmiFault } from '../../shared/queue/fault';
import type { RequestRecord } from '../../shared/queue/types';
import type { Gap, Round } from './types';

/** What one poll saw of one scope. */
export interface Scan {
	records: Map<string, RequestRecord>;
	/** Those of the records that were asked for by id. */
	byId: Set<string>;
	/** Ids that GMI does not know by id. */
	unknown: string[];
	/** Everything from the floor on was read. */
	complete: boolean;
	/** The list was read from its top down to requests made at this time; -Infinity for its end. */
	lowest: number;
	/** Where the list goes on below. */
	next: number;
	/** The stretches still to be read after this poll. */
	gaps: Gap[];
	/** Set when the list does not come newest first. */
	round?: Round;
	/** A round through such a list came to its end. */
	roundDone: boolean;
	searchOffset?: number;
	pages: number;
	fault?: GmiFault;
}

export interface ScanLimits {
	isOver: () => boolean;
	/** Whether older stretches may be read on; not while there is enough to hand over. */
	mayWalk: boolean;
}
