import { isUntouched, lacksOutcome, phaseOf } from '../queue/records';
import type { RequestRecord } from '../queue/types';
import type { Sighting } from './look';

/** A request untouched in the queue for this long is called stalled: GMI's live models start sooner. */
export const STALLED_AFTER_MS = 5 * 60_000;

/** One request that is watched until it has ended. Times are local, in milliseconds. */
export class OpenJob implements Sighting {
	/** Fulfilled with the request's record at its end. */
	readonly end: Promise<RequestRecord>;
	readonly deadline: number;
	looks = 0;
	asksForOutcome = 0;
	misses = 0;
	unknown = 0;
	resolve!: (record: RequestRecord) => void;
	reject!: (error: Error) => void;
	private toldStalled = false;

	/** @param startedAt when the request was made */
	constructor(
		public record: RequestRecord,
		readonly startedAt: number,
		timeoutMs: number,
	) {
		this.deadline = Date.now() + timeoutMs;
		this.end = new Promise((resolve, reject) => {
			this.resolve = resolve;
			this.reject = reject;
		});
	}

	get ageMs(): number {
		return Math.max(0, Date.now() - this.startedAt);
	}

	get hasEnded(): boolean {
		return hasEnded(this.record);
	}

	/** Nothing is known yet of a request taken over, and a synchronous model's success may be complete now. */
	get isDueAtOnce(): boolean {
		return this.looks === 0 && (this.record.status === 'unknown' || lacksOutcome(this.record));
	}

	/** True once, when the request is found stalled. */
	becomesStalled(): boolean {
		if (this.toldStalled || !isUntouched(this.record)) return false;
		this.toldStalled = this.ageMs >= STALLED_AFTER_MS;
		return this.toldStalled;
	}
}

export function hasEnded(record: RequestRecord): boolean {
	return phaseOf(record) !== 'open' && !lacksOutcome(record);
}
