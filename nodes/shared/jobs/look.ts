import { asFault, type GmiFault } from '../queue/fault';
import { PAGE_SIZE } from '../queue/records';
import type { GmiQueue, RequestRecord } from '../queue/types';
import { Slots } from '../flow/slots';

const MOST_PAGES = 20;
const GETS_AT_A_TIME = 5;
/** The list may show a new request late: only after so many misses is it asked for by id. */
const MISSES_BEFORE_GET = 2;
/** A list that failed so often in a row leaves its requests to be asked for by id. */
const LIST_FAULTS_BEFORE_GET = 2;
/** Requests asked for by id in one look are left for the next when this many fail, and most of them. */
const MOST_FAULTS = 5;

/** What is known of how one request is to be seen. */
export interface Sighting {
	/** Looks into the list in a row that did not show it. */
	misses: number;
	/** Answers in a row that GMI does not know the id. */
	unknown: number;
}

export interface Look {
	seen: Map<string, RequestRecord>;
	/** Ids that GMI said it does not know. */
	unknown: string[];
	fault?: GmiFault;
}

/**
 * Looks at several requests of one model in as few calls as that takes: through the list, in pages
 * of 100, or by id when that is cheaper or the list does not show them.
 */
export class Observer {
	/** Pages the last look had to read. */
	private pagesNeeded = 1;
	private listWorks = true;
	private listFaults = 0;

	constructor(
		private readonly queue: GmiQueue,
		private readonly model: string,
	) {}

	async look(ids: string[], sightings: Map<string, Sighting>): Promise<Look> {
		const result: Look = { seen: new Map(), unknown: [] };
		const useList = this.canList && ids.length > this.pagesNeeded;
		const missed = ids.filter((id) => (sightings.get(id)?.misses ?? 0) >= MISSES_BEFORE_GET);
		if (useList) {
			await this.readList(ids, missed, result);
			this.weighList(ids, sightings, result);
		}
		const all = !useList || this.listFaults >= LIST_FAULTS_BEFORE_GET;
		const byId = (all ? ids : missed).filter((id) => !result.seen.has(id));
		await this.readEach(byId, result);
		// The web console's requests answer 404 by id and are in the list all the same (observed).
		if (!useList && result.unknown.length > 0 && this.canList) {
			await this.readList(result.unknown, [], result);
			result.unknown = result.unknown.filter((id) => !result.seen.has(id));
		}
		return result;
	}

	private get canList(): boolean {
		return this.listWorks && this.model !== '';
	}

	/** What a look into the list tells about each request, and about the list. */
	private weighList(ids: string[], sightings: Map<string, Sighting>, { seen, fault }: Look): void {
		if (fault !== undefined) {
			this.listFaults++;
			return;
		}
		this.listFaults = 0;
		for (const id of ids) {
			const sighting = sightings.get(id);
			if (sighting) sighting.misses = seen.has(id) ? 0 : sighting.misses + 1;
		}
	}

	/** Reads pages until all are found; for those `missed` before, no further than others are found. */
	private async readList(ids: string[], missed: string[], result: Look): Promise<void> {
		const wanted = new Set(ids);
		const expected = new Set(ids);
		for (const id of missed) expected.delete(id);
		let offset = 0;
		for (let page = 1; page <= MOST_PAGES && wanted.size > 0; page++) {
			const reply = await this.readPage(offset, result);
			if (reply === undefined) return;
			const foundBefore = result.seen.size;
			for (const record of reply.records) {
				expected.delete(record.request_id);
				if (wanted.delete(record.request_id)) result.seen.set(record.request_id, record);
			}
			offset += reply.records.length;
			this.pagesNeeded = page;
			const isVain = expected.size === 0 && result.seen.size === foundBefore;
			if (!reply.hasMore || isVain) return;
		}
	}

	private async readPage(offset: number, result: Look) {
		try {
			return await this.queue.listRequests({ model: this.model, limit: PAGE_SIZE, offset });
		} catch (error) {
			const fault = asFault(error);
			// A list that is refused or too large to read stays so: from now on each request by its id.
			const isRefused = ['forbidden', 'notFound', 'wrongHost', 'invalid'].includes(fault.kind);
			if (isRefused || fault.isTooLarge) this.listWorks = false;
			result.fault = fault;
			return undefined;
		}
	}

	private async readEach(ids: string[], result: Look): Promise<void> {
		const slots = new Slots(GETS_AT_A_TIME);
		let answers = 0;
		let faults = 0;
		const read = async (id: string) => {
			if (faults >= MOST_FAULTS && faults > answers) return;
			try {
				result.seen.set(id, await this.queue.getRequest(id));
				answers++;
			} catch (error) {
				const fault = asFault(error);
				if (fault.kind === 'notFound') result.unknown.push(id);
				else {
					faults++;
					result.fault = fault;
				}
			}
		};
		await Promise.all(ids.map(async (id) => await slots.run(async () => await read(id))));
	}
}
