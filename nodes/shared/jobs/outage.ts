import type { FaultKind } from '../queue/fault';
import type { Look } from './look';

/** How long GMI may fail to answer status checks before a wait is given up. */
export const OUTAGE_PATIENCE_MS = 5 * 60_000;

/** Answers in a row that refuse the check for good, or do not know the id, before they are believed. */
export const REFUSALS_BELIEVED = 3;

const DEFAULT_RATE_LIMIT_REST_MS = 5_000;
const LONGEST_RATE_LIMIT_REST_MS = 60_000;

const REFUSALS: FaultKind[] = [
	'badKey',
	'noCredit',
	'forbidden',
	'wrongHost',
	'invalid',
	'redirected',
];

/** What has gone wrong of late with the status checks of one model. What may pass is ridden out. */
export class Outage {
	/** Milliseconds to rest at least before the next check, for GMI limits their rate. */
	restAtLeastMs = 0;
	private faultySince?: number;
	private refusals = 0;

	/** Notes how a check went; true when checks have stayed refused, or failed for too long. */
	isOverPatience({ fault, seen, unknown }: Look): boolean {
		const isAnswered = fault === undefined || seen.size + unknown.length > 0;
		this.restAtLeastMs =
			fault?.kind === 'rateLimited'
				? Math.min(fault.retryAfterMs ?? DEFAULT_RATE_LIMIT_REST_MS, LONGEST_RATE_LIMIT_REST_MS)
				: 0;
		if (isAnswered) {
			this.faultySince = undefined;
			this.refusals = 0;
			return false;
		}
		this.faultySince ??= Date.now();
		this.refusals = REFUSALS.includes(fault.kind) ? this.refusals + 1 : 0;
		const isLong = Date.now() - this.faultySince >= OUTAGE_PATIENCE_MS;
		return isLong || this.refusals >= REFUSALS_BELIEVED;
	}
}
