import { GmiFault } from '../queue/fault';
import type { GmiQueue, RequestRecord } from '../queue/types';
import { Slots } from '../flow/slots';

const PAGE_SIZE = 100;
const MOST_PAGES = 20;
const GETS_AT_A_TIME = 5;
/** The list may show a new request late: only after so many misses is it asked for by id. */
const MISSES_BEFORE_GET = 2;

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

	constructor(
		private readonly queue: GmiQueue,
		private readonly model: string,
	) {}

	async look(ids: string[], sightings: Map<string, Sighting>): Promise<Look> {
		const result: Look = { seen: new Map(), unknown: [] };
		const useList = this.listWorks && this.model !== '' && ids.length > this.pagesNeeded;
		if (useList) await this.readList(new Set(ids), result);

		const byId = ids.filter((id) => {
			if (result.seen.has(id)) return false;
			const sighting = sightings.get(id);
			return !useList || (sighting !== undefined && sighting.misses >= MISSES_BEFORE_GET);
		});
		if (useList && result.fault === undefined) this.countMisses(ids, sightings, result);
		await this.readEach(byId, result);
		// The web console's requests answer 404 by id and are in the list all the same (observed).
		if (!useList && result.unknown.length > 0 && this.listWorks && this.model !== '') {
			await this.readList(new Set(result.unknown), result);
			result.unknown = result.unknown.filter((id) => !result.seen.has(id));
		}
		return result;
	}

	private countMisses(ids: string[], sightings: Map<string, Sighting>, { seen }: Look): void {
		for (const id of ids) {
			const sighting = sightings.get(id);
			if (sighting) sighting.misses = seen.has(id) ? 0 : sighting.misses + 1;
		}
	}

	private async readList(wanted: Set<string>, result: Look): Promise<void> {
		let offset = 0;
		for (let page = 1; page <= MOST_PAGES && wanted.size > 0; page++) {
			const reply = await this.readPage(offset, result);
			if (reply === undefined) return;
			for (const record of reply.records) {
				if (wanted.delete(record.request_id)) result.seen.set(record.request_id, record);
			}
			offset += reply.records.length;
			this.pagesNeeded = page;
			if (!reply.hasMore) return;
		}
	}

	private async readPage(offset: number, result: Look) {
		try {
			return await this.queue.listRequests({ model: this.model, limit: PAGE_SIZE, offset });
		} catch (error) {
			const fault = asFault(error);
			// A list that is refused or too large to read stays so: from now on each request by its id.
			if (['forbidden', 'notFound', 'wrongHost', 'invalid'].includes(fault.kind)) {
				this.listWorks = false;
			} else if (fault.kind === 'unreadable' && /larger than/.test(fault.providerText)) {
				this.listWorks = false;
			}
			result.fault = fault;
			return undefined;
		}
	}

	private async readEach(ids: string[], result: Look): Promise<void> {
		const slots = new Slots(GETS_AT_A_TIME);
		await Promise.all(
			ids.map(async (id) => {
				try {
					result.seen.set(id, await slots.run(async () => await this.queue.getRequest(id)));
				} catch (error) {
					const fault = asFault(error);
					if (fault.kind === 'notFound') result.unknown.push(id);
					else result.fault = fault;
				}
			}),
		);
	}
}

function asFault(error: unknown): GmiFault {
	if (error instanceof GmiFault) return error;
	throw error as Error;
}
