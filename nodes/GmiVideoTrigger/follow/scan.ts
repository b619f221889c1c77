import { asFault } from '../../shared/queue/fault';
import { PAGE_SIZE } from '../../shared/queue/records';
import type { GmiQueue } from '../../shared/queue/types';
import { askById } from './byId';
import { newestOf, Order, orderOf } from './order';
import { PageReader, type Page } from './pages';
import { createdAt } from './record';
import type { Scan, ScanLimits } from './scanTypes';
import {
	DEEPEST_OFFSET,
	ORDER_TOLERANCE_S,
	PAGES_PER_POLL,
	type Gap,
	type Pending,
	type Round,
	type ScopeState,
} from './types';

/** One page more is read for so many awaited requests; fewer are cheaper by id. */
const WORTH_A_PAGE = 3;
/** Pages overlap by this much when a reading goes on later: what is deleted in between moves the rest up. */
const STEP_BACK = 10;

/**
 * Reads as much of a scope as one poll may: the list's head down to the floor, stretches left over, and
 * by id what is awaited and not shown. Faults end the reading and are reported, not thrown.
 */
export async function scanScope(
	queue: GmiQueue,
	name: string,
	scope: ScopeState | undefined,
	limits: ScanLimits,
): Promise<Scan> {
	return await new Scanner(queue, name, scope, limits).scan();
}

class Scanner {
	private readonly result: Scan;
	private readonly reader: PageReader;
	private readonly floor: number;

	constructor(
		private readonly queue: GmiQueue,
		name: string,
		private readonly scope: ScopeState | undefined,
		private readonly limits: ScanLimits,
	) {
		this.reader = new PageReader(queue, name);
		this.floor = scope?.floor ?? -Infinity;
		this.result = {
			records: new Map(),
			byId: new Set(),
			unknown: [],
			complete: false,
			lowest: Infinity,
			next: 0,
			gaps: scope?.gaps ?? [],
			round: scope?.round,
			roundDone: false,
			searchOffset: scope?.searchOffset,
			pages: 0,
		};
	}

	async scan(): Promise<Scan> {
		try {
			await this.readHead();
			if (this.result.round === undefined && !this.result.roundDone) {
				await this.walkGaps();
				await this.search();
			}
			if (this.result.round) await this.goRound(this.result.round);
			await askById(this.queue, this.awaited(), this.result, this.limits);
		} catch (error) {
			this.result.fault = asFault(error);
		}
		this.result.pages = this.reader.pages;
		return this.result;
	}

	private async readHead(): Promise<void> {
		const order = new Order();
		let highest = Infinity;
		for (let offset = 0; offset === 0 || this.mayReadOn(); ) {
			const page = await this.readPage(offset);
			order.take(page.records);
			if (order.isBroken && !this.result.round) this.beginRound(page.next);
			if (this.result.round) {
				if (!page.hasMore) this.endRound(order.isBroken);
				return;
			}
			this.result.next = offset = page.next;
			this.result.lowest = page.hasMore ? order.lowest : -Infinity;
			this.result.complete = !page.hasMore || order.lowest < this.floor - ORDER_TOLERANCE_S;
			if (!page.hasMore) return;
			const span = Math.min(highest, newestOf(this.result.records)) - order.lowest;
			if (this.result.complete && this.awaitedWithin(order.lowest, span) < WORTH_A_PAGE) return;
			highest = order.lowest;
		}
	}

	/** How many awaited requests the next page probably shows; those that only the list shows count more. */
	private awaitedWithin(highest: number, span: number): number {
		return this.awaited()
			.filter(({ createdAt: at }) => at <= highest && at >= highest - span)
			.reduce((sum, { listOnly }) => sum + (listOnly ? WORTH_A_PAGE : 1), 0);
	}

	/** A list in any other order is read on from where the last poll stopped, to its end, and again. */
	private async goRound(round: Round): Promise<void> {
		let { offset, isBroken } = round;
		while (!this.result.roundDone && this.mayReadOn()) {
			const page = await this.readPage(Math.max(0, offset - STEP_BACK));
			offset = page.next;
			isBroken ||= orderOf(page).isBroken;
			this.result.round = { ...round, offset, isBroken };
			if (!page.hasMore || offset >= DEEPEST_OFFSET) this.endRound(isBroken);
		}
	}

	private beginRound(offset: number): void {
		const newest = newestOf(this.result.records);
		this.result.round = { offset, newest, isBroken: true };
	}

	/** A list that came in order all the way round is read from its top again. */
	private endRound(isBroken: boolean): void {
		this.result.roundDone = true;
		this.result.round = isBroken
			? { offset: 0, newest: newestOf(this.result.records), isBroken: false }
			: undefined;
	}

	private async walkGaps(): Promise<void> {
		if (!this.limits.mayWalk) return;
		const left: Gap[] = [];
		for (const gap of this.result.gaps) {
			const rest = await this.walk(gap);
			if (rest) left.push(rest);
		}
		this.result.gaps = left;
	}

	private async walk(gap: Gap): Promise<Gap | undefined> {
		let { high, offset } = gap;
		while (this.mayReadOn()) {
			const page = await this.readPage(Math.max(0, offset - STEP_BACK));
			if (offset > 0 && Math.max(...page.records.map(createdAt)) < high) {
				// So much was deleted that the place lies too deep by now.
				offset = Math.max(0, offset - PAGE_SIZE);
				continue;
			}
			const order = orderOf(page);
			if (order.isBroken) {
				this.beginRound(0);
				return { ...gap, offset };
			}
			const isRead = order.lowest < gap.low - ORDER_TOLERANCE_S;
			if (!page.hasMore || isRead || page.next >= DEEPEST_OFFSET) return undefined;
			offset = page.next;
			high = Math.min(high, order.lowest);
		}
		return { ...gap, high, offset };
	}

	/** Looks, a page a poll, for awaited requests that GMI does not give by id. */
	private async search(): Promise<void> {
		const hidden = this.awaited().filter(({ listOnly }) => listOnly);
		const offset = this.result.searchOffset ?? this.result.next;
		this.result.searchOffset = undefined;
		if (hidden.length === 0 || this.result.lowest === -Infinity || !this.mayReadOn()) return;
		const page = await this.readPage(offset);
		const oldest = Math.min(...hidden.map(({ createdAt: at }) => at));
		const isPast = page.records.some((record) => createdAt(record) < oldest - ORDER_TOLERANCE_S);
		if (page.hasMore && !isPast) this.result.searchOffset = page.next;
	}

	private awaited(): Pending[] {
		return (this.scope?.pending ?? []).filter(({ id }) => !this.result.records.has(id));
	}

	private async readPage(offset: number): Promise<Page> {
		const page = await this.reader.read(offset);
		for (const record of page.records) this.result.records.set(record.request_id, record);
		return page;
	}

	private mayReadOn(): boolean {
		return this.reader.pages < PAGES_PER_POLL && !this.limits.isOver();
	}
}
