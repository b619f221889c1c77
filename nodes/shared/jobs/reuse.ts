import { asError } from '../flow/asError';
import { throwIfCancelled } from '../flow/pause';
import { GmiFault } from '../queue/fault';
import { hasFailed } from '../queue/records';
import type { GmiQueue, RequestRecord } from '../queue/types';
import type { Claims } from './claims';
import type { Draft } from './draft';
import { JobFailure } from './failure';
import { listSince, type RecentRequests } from './recentRequests';
import { comparePayload } from './samePayload';

/** Finds identical requests made of late, so that they are adopted instead of paid for again. */
export class Reuse {
	/** By model: its list is read once for all items. */
	private readonly recent = new Map<string, Promise<RecentRequests>>();

	/** @param withinMs how long ago a request may have been made, in milliseconds; 0 = none is looked for */
	constructor(
		private readonly queue: GmiQueue,
		private readonly claims: Claims,
		private readonly withinMs: number,
		private readonly signal: AbortSignal | undefined,
	) {}

	/**
	 * A request with the draft's content that has not failed, taken for this run; undefined when there is none.
	 *
	 * @throws JobFailure `unsearchable` when the list cannot be read, or not far enough back
	 * @throws Cancelled
	 */
	async find(draft: Draft): Promise<RequestRecord | undefined> {
		if (this.withinMs <= 0) return undefined;
		const payload = await draft.payload();
		const { records, complete } = await this.recentOf(draft.model);
		const reused = records.find(
			(record) =>
				!hasFailed(record) &&
				comparePayload(payload, record.payload, draft.defaults) === 'same' &&
				this.claims.share(record.request_id),
		);
		if (reused === undefined && !complete) throw unsearchable(draft.model);
		return reused;
	}

	private async recentOf(model: string): Promise<RecentRequests> {
		const since = Date.now() - this.withinMs;
		const known = this.recent.get(model) ?? listSince(this.queue, model, since);
		this.recent.set(model, known);
		try {
			return await known;
		} catch (error) {
			throwIfCancelled(this.signal);
			if (!(error instanceof GmiFault)) throw asError(error);
			throw unsearchable(model, error);
		}
	}
}

function unsearchable(model: string, fault?: GmiFault): JobFailure {
	return new JobFailure({ kind: 'unsearchable', model, fault });
}
