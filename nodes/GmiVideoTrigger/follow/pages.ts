import { asFault } from '../../shared/queue/fault';
import { PAGE_SIZE } from '../../shared/queue/records';
import type { GmiQueue, RequestRecord } from '../../shared/queue/types';
import { ALL_MODELS } from './types';

export interface Page {
	records: RequestRecord[];
	/** Where the next page begins. */
	next: number;
	hasMore: boolean;
}

/** Thinner pages for a list whose echoed payloads are too heavy to be read a hundred at a time. */
const THINNER: Record<number, number> = { 100: 25, 25: 5, 5: 1 };

/** Reads one scope's list page by page, and counts them. */
export class PageReader {
	pages = 0;
	private size = PAGE_SIZE;

	constructor(
		private readonly queue: GmiQueue,
		private readonly scope: string,
	) {}

	/** @throws GmiFault */
	async read(offset: number): Promise<Page> {
		const model = this.scope === ALL_MODELS ? undefined : this.scope;
		for (;;) {
			this.pages++;
			try {
				const { records, hasMore } = await this.queue.listRequests({
					model,
					limit: this.size,
					offset,
				});
				return { records, next: offset + records.length, hasMore: hasMore && records.length > 0 };
			} catch (error) {
				if (!asFault(error).isTooLarge) throw asFault(error);
				// A single record too large to read is passed over: nothing could be done with it.
				if (this.size === 1) return { records: [], next: offset + 1, hasMore: true };
				this.size = THINNER[this.size];
			}
		}
	}
}
