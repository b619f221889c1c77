import { asError } from '../shared/flow/asError';
import { pause } from '../shared/flow/pause';
import { Slots } from '../shared/flow/slots';
import { GmiFault, noneWhenFaulty, PASSING_FAULTS } from '../shared/queue/fault';
import { lacksOutcome, PAGE_SIZE } from '../shared/queue/records';
import type { GmiQueue, RequestPage, RequestRecord } from '../shared/queue/types';
import type { Asked } from './requestIds';

/** A console-made request is looked for no deeper in its model's list. */
const MOST_PAGES = 20;
/** The next page is read while the last one showed so many; fewer are as cheap by id. */
const WORTH_A_PAGE = 2;
const GETS_AT_A_TIME = 5;
/** Pauses in milliseconds before a call that met a passing fault is made again; asking is free. */
const RETRY_PAUSES_MS = [1_000, 3_000];
const LONGEST_PAUSE_MS = 30_000;

/** A request's record, or why it cannot be had: the id is unknown, or GMI did not answer. */
export type Found =
	| { record: RequestRecord; fault?: undefined }
	| { record?: undefined; fault: GmiFault };

/**
 * Looks up each distinct id once. Several of one model are read from its list, a page of 100 at a time, as
 * long as that pays; the others are asked for by id. Requests of GMI's web console answer 404 by id and
 * are in the list all the same: where the model is known, they are looked for there.
 *
 * @throws Cancelled
 */
export async function lookUp(
	queue: GmiQueue,
	asked: Asked[],
	signal: AbortSignal | undefined,
): Promise<Map<string, Found>> {
	return await new LookUp(queue, signal).run(asked);
}

class LookUp {
	private readonly found = new Map<string, Found>();
	private readonly slots = new Slots(GETS_AT_A_TIME);

	constructor(
		private readonly queue: GmiQueue,
		private readonly signal: AbortSignal | undefined,
	) {}

	async run(asked: Asked[]): Promise<Map<string, Found>> {
		const models = new Map<string, string | undefined>();
		for (const { id, model } of asked) models.set(id, models.get(id) ?? model);

		for (const [model, ids] of byModel(models)) {
			if (ids.length >= WORTH_A_PAGE) await this.readList(model, new Set(ids), WORTH_A_PAGE);
		}
		const open = [...models.keys()].filter((id) => this.needsGet(id));
		await Promise.all(open.map(async (id) => await this.slots.run(async () => await this.get(id))));

		const unknown = new Map([...models].filter(([id]) => this.isUnknown(id)));
		for (const [model, ids] of byModel(unknown)) await this.readList(model, new Set(ids), 0);
		return this.found;
	}

	/** @param pays read on only while a page shows at least so many of those wanted */
	private async readList(model: string, wanted: Set<string>, pays: number): Promise<void> {
		let offset = 0;
		for (let page = 0; page < MOST_PAGES && wanted.size > 0; page++) {
			const reply = await this.readPage(model, offset);
			if (reply === undefined) return;
			const shown = reply.records.filter(({ request_id }) => wanted.delete(request_id));
			for (const record of shown) this.found.set(record.request_id, { record });
			offset += reply.records.length;
			if (!reply.hasMore || shown.length < pays) return;
		}
	}

	/** Undefined when the list cannot be read: each id is then asked for by itself. */
	private async readPage(model: string, offset: number): Promise<RequestPage | undefined> {
		try {
			return await this.call(
				async () => await this.queue.listRequests({ model, limit: PAGE_SIZE, offset }),
			);
		} catch (error) {
			return noneWhenFaulty(error);
		}
	}

	private async get(id: string): Promise<void> {
		try {
			const record = await this.call(async () => await this.queue.getRequest(id));
			this.found.set(id, { record });
		} catch (error) {
			if (!(error instanceof GmiFault)) throw error as Error;
			if (!this.found.has(id)) this.found.set(id, { fault: error });
		}
	}

	private async call<T>(send: () => Promise<T>): Promise<T> {
		for (let attempt = 0; ; attempt++) {
			try {
				return await send();
			} catch (error) {
				const passes = error instanceof GmiFault && PASSING_FAULTS.includes(error.kind);
				if (!passes || attempt >= RETRY_PAUSES_MS.length) throw asError(error);
				const rest = Math.min(LONGEST_PAUSE_MS, error.retryAfterMs ?? RETRY_PAUSES_MS[attempt]);
				await pause(rest, this.signal);
			}
		}
	}

	/** Some lists leave the outcome out, and with it the files. */
	private needsGet(id: string): boolean {
		const record = this.found.get(id)?.record;
		return record === undefined || lacksOutcome(record);
	}

	private isUnknown(id: string): boolean {
		return this.found.get(id)?.fault?.kind === 'notFound';
	}
}

function byModel(models: Map<string, string | undefined>): Map<string, string[]> {
	const groups = new Map<string, string[]>();
	for (const [id, model] of models) {
		if (model !== undefined) groups.set(model, [...(groups.get(model) ?? []), id]);
	}
	return groups;
}
