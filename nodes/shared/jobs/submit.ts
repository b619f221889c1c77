import type { IDataObject } from 'n8n-workflow';

import { GmiFault } from '../queue/fault';
import { phaseOf } from '../queue/records';
import type { GmiQueue, RequestRecord } from '../queue/types';
import { Claims } from './claims';
import { JobFailure } from './failure';
import type { Ledger, LedgerEntry } from './ledger';
import { ModelPace } from './pace';
import { pause, throwIfCancelled } from '../flow/pause';
import { findSubmitted, listSince } from './reconcile';
import { comparePayload, fingerprint } from './samePayload';
import { Slots } from '../flow/slots';

/** One item's request before it is sent. */
export interface Draft {
	item: number;
	model: string;
	/** Equal for the same model and content, whatever addresses its files get when uploaded. */
	identity: string;
	/** The model's own defaults, which GMI may echo. */
	defaults: IDataObject;
	/** The payload to send; uploads the item's files first. */
	payload: () => Promise<IDataObject>;
}

export interface SubmitSettings {
	maxConcurrent: number;
	/** How long a model may go without accepting anything, in milliseconds. */
	patienceMs: number;
	/** Adopt an identical request made within this time, in milliseconds; 0 = never. */
	reuseWithinMs: number;
	signal?: AbortSignal;
}

/** A request that is GMI's now. `adopted`: it was not sent by this attempt. */
export interface Submission {
	record: RequestRecord;
	adopted: boolean;
	startedAt: number;
}

/**
 * Sends paid requests side by side, each at most once. Only a refusal for load is sent again; an end
 * that proves nothing is settled through GMI's list.
 */
export class Submitter {
	private readonly claims = new Claims();
	private readonly slots: Slots;
	private readonly paces = new Map<string, ModelPace>();
	private readonly recent = new Map<string, Promise<RequestRecord[]>>();
	private readonly inFlight = new Map<string, Set<Promise<unknown>>>();
	private readonly settling = new Map<string, Slots>();

	/** @param unanswered kept filled with the items of which nobody knows yet whether GMI accepted them */
	constructor(
		private readonly queue: GmiQueue,
		private readonly ledger: Ledger,
		private readonly settings: SubmitSettings,
		private readonly unanswered: Set<number> = new Set(),
	) {
		this.slots = new Slots(settings.maxConcurrent);
	}

	/**
	 * @throws JobFailure `refused`, `overloaded`, `uncertain` or `unsearchable`
	 * @throws Cancelled
	 */
	async submit(draft: Draft): Promise<Submission> {
		const adopted = (await this.fromEarlierAttempt(draft)) ?? (await this.fromRecent(draft));
		if (adopted) {
			this.ledger.accepted(draft.item, draft.identity, adopted.request_id);
			return { record: adopted, adopted: true, startedAt: startOf(adopted) };
		}
		const startedAt = Date.now();
		const record = await this.send(draft, await draft.payload());
		this.ledger.accepted(draft.item, draft.identity, record.request_id);
		return { record, adopted: false, startedAt };
	}

	/** Lets other runs have the requests this one found in the list. */
	close(): void {
		this.claims.release();
	}

	private async send(draft: Draft, payload: IDataObject): Promise<RequestRecord> {
		const pace = this.paceOf(draft.model);
		const content = fingerprint([draft.model, payload]);
		for (;;) {
			let since = 0;
			try {
				const record = await pace.run(() =>
					this.slots.run(async () => {
						throwIfCancelled(this.settings.signal);
						since = this.queue.now();
						return await this.track(draft, content, since, payload);
					}),
				);
				pace.accepted();
				this.claims.take(record.request_id);
				return record;
			} catch (error) {
				throwIfCancelled(this.settings.signal);
				if (!(error instanceof GmiFault)) throw passOn(error);
				if (error.kind === 'rateLimited' || error.kind === 'capacity') {
					pace.refused(error.retryAfterMs);
					if (pace.idleMs < this.settings.patienceMs) continue;
					throw failure('overloaded', draft, error, pace.idleMs);
				}
				if (provesNothing(error)) {
					return await this.settle(draft, payload, content, since, error);
				}
				throw failure('refused', draft, error);
			}
		}
	}

	private async track(
		draft: Draft,
		content: string,
		since: number,
		payload: IDataObject,
	): Promise<RequestRecord> {
		// Noted before the call: should this process die or the node be run again, it is not sent twice.
		this.ledger.uncertain(draft.item, draft.identity, since, payload);
		this.unanswered.add(draft.item);
		const call = this.queue.submit(draft.model, payload);
		const open = this.inFlight.get(content) ?? new Set();
		this.inFlight.set(content, open.add(call));
		try {
			const record = await call;
			this.unanswered.delete(draft.item);
			return record;
		} catch (error) {
			if (error instanceof GmiFault && !provesNothing(error)) {
				this.ledger.forget(draft.item);
				this.unanswered.delete(draft.item);
			}
			throw passOn(error);
		} finally {
			open.delete(call);
		}
	}

	/** Finds out what became of a submit that ended without a clear answer. */
	private async settle(
		draft: Draft,
		payload: IDataObject,
		content: string,
		since: number,
		fault?: GmiFault,
	): Promise<RequestRecord> {
		// Calls with the same content may still be answered: only then is it known which request is whose.
		await Promise.allSettled([...(this.inFlight.get(content) ?? [])]);
		const oneAtATime = this.settling.get(draft.model) ?? new Slots(1);
		this.settling.set(draft.model, oneAtATime);
		const sent = { model: draft.model, payload, defaults: draft.defaults, since };
		const result = await oneAtATime.run(
			async () => await findSubmitted(this.queue, sent, this.claims, this.settings.signal),
		);
		if (result.found === undefined) {
			throw failure('uncertain', draft, fault, undefined, result.candidates);
		}
		this.unanswered.delete(draft.item);
		return result.found;
	}

	private async fromEarlierAttempt(draft: Draft): Promise<RequestRecord | undefined> {
		const entry = this.ledger.find(draft.item, draft.identity);
		if (entry === undefined) return undefined;
		const record = await this.recordOf(draft, entry);
		// What failed at GMI costs nothing and may be tried again.
		if (['failed', 'cancelled'].includes(phaseOf(record))) return undefined;
		this.claims.share(record.request_id);
		return record;
	}

	private async recordOf(draft: Draft, entry: LedgerEntry): Promise<RequestRecord> {
		if (entry.requestId === undefined) {
			const payload = entry.payload ?? (await draft.payload());
			const content = fingerprint([draft.model, payload]);
			return await this.settle(draft, payload, content, entry.uncertainSince ?? 0);
		}
		return await this.lookUp(entry.requestId, draft.model);
	}

	/** The request's record, or a stub when GMI cannot say now: watching it will tell. */
	private async lookUp(requestId: string, model: string): Promise<RequestRecord> {
		try {
			return await this.queue.getRequest(requestId);
		} catch {
			await pause(0, this.settings.signal);
			return { request_id: requestId, model, status: 'unknown' };
		}
	}

	private async fromRecent(draft: Draft): Promise<RequestRecord | undefined> {
		const { reuseWithinMs } = this.settings;
		if (reuseWithinMs <= 0) return undefined;
		const payload = await draft.payload();
		const recent = await this.recentOf(draft, this.queue.now() - reuseWithinMs);
		return recent.find(
			(record) =>
				!['failed', 'cancelled'].includes(phaseOf(record)) &&
				comparePayload(payload, record.payload, draft.defaults) === 'same' &&
				this.claims.share(record.request_id),
		);
	}

	private async recentOf(draft: Draft, since: number): Promise<RequestRecord[]> {
		const known = this.recent.get(draft.model) ?? listSince(this.queue, draft.model, since);
		this.recent.set(draft.model, known);
		try {
			return await known;
		} catch (error) {
			throwIfCancelled(this.settings.signal);
			if (!(error instanceof GmiFault)) throw passOn(error);
			throw failure('unsearchable', draft, error);
		}
	}

	private paceOf(model: string): ModelPace {
		const pace = this.paces.get(model) ?? new ModelPace(this.settings.signal);
		this.paces.set(model, pace);
		return pace;
	}
}

/** Whether a fault leaves open that the submit took effect. */
function provesNothing(fault: GmiFault): boolean {
	return ['noReply', 'server', 'unreadable'].includes(fault.kind);
}

function startOf(record: RequestRecord): number {
	return record.created_at === undefined ? Date.now() : record.created_at * 1000;
}

function failure(
	kind: 'refused' | 'overloaded' | 'uncertain' | 'unsearchable',
	{ model }: Draft,
	fault?: GmiFault,
	elapsedMs?: number,
	candidates?: string[],
): JobFailure {
	return new JobFailure({ kind, model, fault, elapsedMs, candidates });
}

function passOn(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
