import type { GmiQueue, RequestRecord } from '../queue/types';
import { hasEnded, OpenJob } from './openJob';
import { ModelWatch, type WatchSettings } from './modelWatch';

/** Watches any number of requests with one loop for each model, until each has ended. */
export class Watcher {
	private readonly models = new Map<string, ModelWatch>();

	constructor(
		private readonly queue: GmiQueue,
		private readonly settings: WatchSettings,
	) {}

	/**
	 * Waits until a request has ended, however it ended; with its `outcome` when it succeeded. A request
	 * that is watched already is not watched twice: both wait for the same end.
	 *
	 * @param startedAt local time in milliseconds when the request was made: sets how often it is looked at
	 * @throws JobFailure `timedOut`, `stalled` or `unwatchable`
	 * @throws Cancelled
	 */
	async watch(record: RequestRecord, startedAt: number): Promise<RequestRecord> {
		if (hasEnded(record)) return record;
		const model = this.modelWatch(record.model);
		return await model.join(
			record.request_id,
			() => new OpenJob(record, startedAt, this.settings.timeoutMs),
		);
	}

	private modelWatch(model: string): ModelWatch {
		const known = this.models.get(model) ?? new ModelWatch(this.queue, model, this.settings);
		this.models.set(model, known);
		return known;
	}
}
