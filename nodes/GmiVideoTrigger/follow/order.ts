import type { RequestRecord } from '../../shared/queue/types';
import type { Page } from './pages';
import { createdAt } from './record';
import { ORDER_TOLERANCE_S } from './types';

/** Follows whether records come newest first. */
export class Order {
	lowest = Infinity;
	isBroken = false;

	take(records: RequestRecord[]): void {
		for (const record of records) {
			const at = createdAt(record);
			if (at > this.lowest + ORDER_TOLERANCE_S) this.isBroken = true;
			this.lowest = Math.min(this.lowest, at);
		}
	}
}

/** Pages that overlap are each in order, not together. */
export function orderOf({ records }: Page): Order {
	const order = new Order();
	order.take(records);
	return order;
}

/** The time the newest of some requests was made; 0 when there is none. */
export function newestOf(records: Map<string, RequestRecord>): number {
	return Math.max(0, ...[...records.values()].map(createdAt));
}
