import type { IDataObject } from 'n8n-workflow';

import { asError } from '../flow/asError';
import { GmiFault } from '../queue/fault';
import { hasFailed } from '../queue/records';
import type { GmiQueue, RequestRecord } from '../queue/types';
import { Claims } from './claims';
import type { Draft } from './draft';
import { JobFailure } from './failure';
import type { Ledger, LedgerEntry } from './ledger';
import { isRefusalForLoad, ModelPace } from './modelPace';
import { orCancelled, throwIfCancelled } from '../flow/pause';
import { Slots } from '../flow/slots';
import { madeAt } from './recentRequests';
import { findSubmitted } from './reconcile';
import { Reuse } from './reuse';
import { addUnsettled, removeUnsettled, type UnsettledSubmit } from './unsettled';

export interface SubmitSettings {
	maxConcurrent: number;
	/** How long a model may go without accepting anything, in milliseconds. */
	patienceMs: number;
	/** Adopt an identical request made within this time, in milliseconds; 0 = never. */
	reuseWithinMs: number;
	signal?: AbortSignal;
}

/** A request that is GMI's now, and the local time in milliseconds when it was made. */
export interface Submission {
	record: RequestRecord;
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
	private readonly reuse: Reuse;

	/** @param unanswered kept filled with the items of which nobody knows yet whether GMI accepted them */
	constructor(
		private readonly queue: GmiQueue,
		private readonly ledger: Ledger,
		private readonly settings: SubmitSettings,
		private readonly unanswered: Set<number> = new Set(),
	) {
		this.slots = new Slots(settings.maxConcurrent);
		this.reuse = new Reuse(queue, this.claims, settings.reuseWithinMs, settings.signal);
		// Before any item looks for a request: none may take what an earlier attempt got for another.
		for (const { requestId } of ledger.acceptedBefore) this.claims.share(requestId);
	}

	/**
	 * @throws JobFailure `refused`, `overloaded`, `uncertain` or `unsearchable`
	 * @throws Cancelled
	 */
	async submit(draft: Draft): Promise<Submission> {
		const adopted = (await this.fromEarlierAttempt(draft)) ?? (await this.reuse.find(draft));
		if (adopted === undefined) return await this.send(draft, await draft.payload());
		this.ledger.accepted(draft.item, draft.identity, adopted.request_id);
		return { record: adopted, startedAt: this.startOf(adopted) };
	}

	/** Ends the run. The requests it has stay its own for a while: other runs may have doubts. */
	close(): void {
		this.claims.release();
	}

	private async send(draft: Draft, payload: IDataObject): Promise<Submission> {
		const pace = this.paceOf(draft.model);
		for (;;) {
			const submit = this.unsettled(draft, payload, 0);
			try {
				const record = await this.inTurn(draft, pace, async () => await this.call(draft, submit));
				return { record, startedAt: submit.since };
			} catch (error) {
				throwIfCancelled(this.settings.signal);
				if (isRefusalForLoad(error)) continue;
				if (!(error instanceof GmiFault)) throw asError(error);
				if (!provesNothing(error)) throw failure('refused', draft, error);
				submit.namedId = error.requestId;
				const record = await this.settle(draft, submit, error);
				return { record, startedAt: submit.since };
			}
		}
	}

	/** Runs a call when it is its model's turn and a slot is free; waiting for a turn takes no slot. */
	private async inTurn<T>(draft: Draft, pace: ModelPace, call: () => Promise<T>): Promise<T> {
		for (;;) {
			if (!(await pace.turn(this.settings.patienceMs))) {
				throw failure('overloaded', draft, pace.lastRefusal, pace.refusedForMs);
			}
			// The model may have been refused while this item waited for its slot.
			const ended = await this.slots.run(async () => {
				throwIfCancelled(this.settings.signal);
				return pace.isOpen ? { result: await pace.run(call) } : undefined;
			});
			if (ended) return ended.result;
		}
	}

	private async call(draft: Draft, submit: UnsettledSubmit): Promise<RequestRecord> {
		submit.since = Date.now();
		// Noted before the call: should this process die or the node be run again, it is not sent twice.
		this.ledger.uncertain(draft.item, draft.identity, submit.since, submit.payload);
		this.unanswered.add(draft.item);
		addUnsettled(submit);
		submit.call = this.noteEnd(draft, submit, this.queue.submit(submit.model, submit.payload));
		this.ledger.holdCall(draft.item, submit.call);
		try {
			return await submit.call;
		} finally {
			submit.call = undefined;
		}
	}

	/** Notes how a call ended, also when the run is over by then. */
	private async noteEnd(
		draft: Draft,
		submit: UnsettledSubmit,
		call: Promise<RequestRecord>,
	): Promise<RequestRecord> {
		try {
			const record = await call;
			removeUnsettled(submit);
			this.claims.take(record.request_id);
			this.ledger.accepted(draft.item, draft.identity, record.request_id);
			this.unanswered.delete(draft.item);
			return record;
		} catch (error) {
			if (error instanceof GmiFault && !provesNothing(error)) {
				removeUnsettled(submit);
				this.ledger.forget(draft.item);
				this.unanswered.delete(draft.item);
			}
			throw asError(error);
		}
	}

	/** Finds out what became of a submit that ended without a clear answer. */
	private async settle(
		draft: Draft,
		submit: UnsettledSubmit,
		fault?: GmiFault,
	): Promise<RequestRecord> {
		this.unanswered.add(draft.item);
		addUnsettled(submit);
		const result = await findSubmitted(this.queue, submit, this.claims, this.settings.signal);
		if (result.found === undefined) {
			throw failure('uncertain', draft, fault, undefined, result.candidates);
		}
		removeUnsettled(submit);
		this.ledger.accepted(draft.item, draft.identity, result.found.request_id);
		this.unanswered.delete(draft.item);
		return result.found;
	}

	private async fromEarlierAttempt(draft: Draft): Promise<RequestRecord | undefined> {
		const entry = await this.earlierEntry(draft);
		if (entry === undefined) return undefined;
		const record = await this.recordOf(draft, entry);
		// What failed at GMI costs nothing and may be tried again.
		return hasFailed(record) ? undefined : record;
	}

	/** What an earlier attempt left, once its call has ended if that is still open. */
	private async earlierEntry({ item, identity }: Draft): Promise<LedgerEntry | undefined> {
		const entry = this.ledger.find(item, identity);
		const call = entry && this.ledger.openCall(entry);
		if (call === undefined) return entry;
		this.unanswered.add(item);
		await orCancelled(Promise.allSettled([call]), this.settings.signal);
		this.unanswered.delete(item);
		return this.ledger.find(item, identity);
	}

	private async recordOf(draft: Draft, entry: LedgerEntry): Promise<RequestRecord> {
		if (entry.requestId !== undefined) return await this.lookUp(entry.requestId, draft.model);
		this.unanswered.add(draft.item);
		const payload = entry.payload ?? (await draft.payload());
		return await this.settle(draft, this.unsettled(draft, payload, entry.uncertainSince ?? 0));
	}

	/** The request's record, or a stub when GMI cannot say now: watching it will tell. */
	private async lookUp(requestId: string, model: string): Promise<RequestRecord> {
		try {
			return await orCancelled(this.queue.getRequest(requestId), this.settings.signal);
		} catch {
			return { request_id: requestId, model, status: 'unknown' };
		}
	}

	private unsettled(
		{ model, defaults }: Draft,
		payload: IDataObject,
		since: number,
	): UnsettledSubmit {
		return { account: this.queue.account, model, payload, defaults, since };
	}

	private paceOf(model: string): ModelPace {
		const pace = this.paces.get(model) ?? new ModelPace(this.settings.signal);
		this.paces.set(model, pace);
		return pace;
	}

	private startOf(record: RequestRecord): number {
		return record.created_at === undefined ? Date.now() : madeAt(this.queue, record);
	}
}

/** Whether a fault leaves open that the submit took effect. */
function provesNothing(fault: GmiFault): boolean {
	return ['noReply', 'server', 'unreadable'].includes(fault.kind);
}

function failure(
	kind: 'refused' | 'overloaded' | 'uncertain',
	{ model }: Draft,
	fault?: GmiFault,
	elapsedMs?: number,
	candidates?: string[],
): JobFailure {
	return new JobFailure({ kind, model, fault, elapsedMs, candidates });
}
