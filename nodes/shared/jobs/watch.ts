import { GmiFault } from '../queue/fault';
import { isUntouched, phaseOf } from '../queue/records';
import type { GmiQueue, RequestRecord } from '../queue/types';
import { JobFailure, type JobFailureKind } from './failure';
import { checkInterval } from './interval';
import { Observer, type Look, type Sighting } from './look';
import { onAbort, pause, throwIfCancelled } from '../flow/pause';

/** How long GMI may fail to answer status checks before a wait is given up. */
export const OUTAGE_PATIENCE_MS = 5 * 60_000;

/** A request untouched in the queue for this long is called stalled: GMI's live models start sooner. */
export const STALLED_AFTER_MS = 5 * 60_000;

/** Answers in a row that refuse the check for good, or do not know the id, before they are believed. */
const REFUSALS_BELIEVED = 3;

/** A success is reported without its `outcome` only after so many asks for it. */
const ASKS_FOR_OUTCOME = 5;

const LONGEST_RATE_LIMIT_REST_MS = 60_000;

export interface WatchSettings {
	/** Milliseconds between looks; 0 = adaptive. */
	intervalMs: number;
	/** How long each request may take, in milliseconds from when it was accepted. */
	timeoutMs: number;
	signal?: AbortSignal;
	/** Called once for each request found stalled. */
	onStalled?: (record: RequestRecord) => void;
	/** Called whenever a request's status has changed. */
	onStatus?: (record: RequestRecord) => void;
}

interface OpenJob extends Sighting {
	record: RequestRecord;
	startedAt: number;
	deadline: number;
	stalled: boolean;
	looks: number;
	asksForOutcome: number;
	end: Promise<RequestRecord>;
	resolve: (record: RequestRecord) => void;
	reject: (error: Error) => void;
}

interface Group {
	model: string;
	observer: Observer;
	open: Map<string, OpenJob>;
	faultySince?: number;
	refusals: number;
	restAtLeastMs: number;
	isRunning: boolean;
	interrupt: () => void;
}

/** Watches any number of requests with one loop for each model, until each has ended. */
export class Watcher {
	private readonly groups = new Map<string, Group>();

	constructor(
		private readonly queue: GmiQueue,
		private readonly settings: WatchSettings,
	) {}

	/** The requests not yet ended, as last seen. */
	get open(): RequestRecord[] {
		return [...this.groups.values()].flatMap(({ open }) =>
			[...open.values()].map(({ record }) => record),
		);
	}

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
		const group = this.groupOf(record.model);
		const known = group.open.get(record.request_id);
		if (known) return await known.end;
		const job = this.openJob(record, startedAt);
		group.open.set(record.request_id, job);
		if (group.isRunning) group.interrupt();
		else void this.run(group);
		return await job.end;
	}

	private openJob(record: RequestRecord, startedAt: number): OpenJob {
		let settle!: Pick<OpenJob, 'resolve' | 'reject'>;
		const end = new Promise<RequestRecord>((resolve, reject) => {
			settle = { resolve, reject };
		});
		const deadline = Date.now() + this.settings.timeoutMs;
		const counts = { looks: 0, asksForOutcome: 0, misses: 0, unknown: 0 };
		return { record, startedAt, deadline, stalled: false, end, ...counts, ...settle };
	}

	private groupOf(model: string): Group {
		let group = this.groups.get(model);
		if (group === undefined) {
			const observer = new Observer(this.queue, model);
			group = {
				model,
				observer,
				open: new Map(),
				refusals: 0,
				restAtLeastMs: 0,
				isRunning: false,
				interrupt: () => {},
			};
			this.groups.set(model, group);
		}
		return group;
	}

	private async run(group: Group): Promise<void> {
		group.isRunning = true;
		try {
			while (group.open.size > 0) {
				await this.rest(group);
				await this.check(group);
			}
		} catch (error) {
			for (const [id, job] of group.open) {
				group.open.delete(id);
				job.reject(error as Error);
			}
		} finally {
			group.isRunning = false;
		}
	}

	/** Waits until the next look is due; a request that joins may bring it forward. */
	private async rest(group: Group): Promise<void> {
		const { signal, intervalMs } = this.settings;
		const restedFrom = Date.now();
		for (;;) {
			throwIfCancelled(signal);
			const jobs = [...group.open.values()];
			const age = Math.max(0, restedFrom - Math.max(...jobs.map((job) => job.startedAt)));
			const interval = jobs.some(isDueAtOnce) ? 0 : checkInterval(age, intervalMs);
			const due = restedFrom + Math.max(interval, group.restAtLeastMs);
			const deadline = Math.min(...jobs.map((job) => job.deadline));
			const ms = Math.min(due, deadline) - Date.now();
			if (ms <= 0) return;
			if (await this.sleepUnlessInterrupted(group, ms)) return;
		}
	}

	private async sleepUnlessInterrupted(group: Group, ms: number): Promise<boolean> {
		const { signal } = this.settings;
		const rest = new AbortController();
		const wake = () => rest.abort();
		group.interrupt = wake;
		const stopListening = signal ? onAbort(signal, wake) : () => {};
		try {
			await pause(ms, rest.signal);
			return true;
		} catch {
			throwIfCancelled(signal);
			return false;
		} finally {
			group.interrupt = () => {};
			stopListening();
		}
	}

	private async check(group: Group): Promise<void> {
		const ids = [...group.open.keys()];
		const look = await group.observer.look(ids, group.open);
		throwIfCancelled(this.settings.signal);
		this.weighFault(group, look);

		for (const id of ids) {
			const job = group.open.get(id);
			if (job === undefined) continue;
			job.looks++;
			const seen = look.seen.get(id);
			if (seen) await this.update(group, job, seen);
			else if (look.unknown.includes(id)) this.countUnknown(group, job);
			if (group.open.has(id) && Date.now() >= job.deadline) {
				const kind = isUntouched(job.record) ? 'stalled' : 'timedOut';
				this.giveUp(group, job, kind);
			}
		}
	}

	private async update(group: Group, job: OpenJob, seen: RequestRecord): Promise<void> {
		const before = job.record.status;
		job.unknown = 0;
		job.record = { ...job.record, ...seen };
		if (lacksOutcome(job.record)) await this.askForOutcome(job);
		if (job.record.status !== before) this.settings.onStatus?.(job.record);
		if (hasEnded(job.record) || job.asksForOutcome >= ASKS_FOR_OUTCOME) {
			group.open.delete(job.record.request_id);
			job.resolve(job.record);
			return;
		}
		if (!job.stalled && isUntouched(job.record) && ageOf(job) >= STALLED_AFTER_MS) {
			job.stalled = true;
			this.settings.onStalled?.(job.record);
		}
	}

	private async askForOutcome(job: OpenJob): Promise<void> {
		job.asksForOutcome++;
		try {
			const details = await this.queue.getRequest(job.record.request_id);
			job.record = { ...job.record, ...details };
		} catch (error) {
			if (!(error instanceof GmiFault)) throw error as Error;
		}
	}

	private countUnknown(group: Group, job: OpenJob): void {
		job.unknown++;
		if (job.unknown < REFUSALS_BELIEVED) return;
		const fault = new GmiFault({ kind: 'notFound', status: 404, providerText: '' });
		this.giveUp(group, job, 'unwatchable', fault);
	}

	/** Rides out what may pass; gives up when checks stay refused or fail for too long. */
	private weighFault(group: Group, { fault, seen, unknown }: Look): void {
		group.restAtLeastMs = 0;
		if (fault === undefined || seen.size + unknown.length > 0) {
			group.faultySince = undefined;
			group.refusals = 0;
		}
		if (fault === undefined) return;
		if (fault.kind === 'rateLimited') {
			group.restAtLeastMs = Math.min(fault.retryAfterMs ?? 5_000, LONGEST_RATE_LIMIT_REST_MS);
		}
		if (seen.size + unknown.length > 0) return;
		group.faultySince ??= Date.now();
		group.refusals = isRefusal(fault) ? group.refusals + 1 : 0;
		const outage = Date.now() - group.faultySince >= OUTAGE_PATIENCE_MS;
		if (!outage && group.refusals < REFUSALS_BELIEVED) return;
		for (const job of [...group.open.values()]) this.giveUp(group, job, 'unwatchable', fault);
	}

	private giveUp(group: Group, job: OpenJob, kind: JobFailureKind, fault?: GmiFault): void {
		group.open.delete(job.record.request_id);
		const { model } = group;
		job.reject(new JobFailure({ kind, model, record: job.record, fault, elapsedMs: ageOf(job) }));
	}
}

function hasEnded(record: RequestRecord): boolean {
	return phaseOf(record) !== 'open' && !lacksOutcome(record);
}

/** Nothing is known yet of a request taken over, and a synchronous model's success may be complete now. */
function isDueAtOnce({ looks, record }: OpenJob): boolean {
	return looks === 0 && (record.status === 'unknown' || lacksOutcome(record));
}

/** A create reply and some lists say `success` without the `outcome` that holds the files. */
function lacksOutcome(record: RequestRecord): boolean {
	if (phaseOf(record) !== 'success') return false;
	const { outcome } = record;
	return outcome === undefined || outcome === null || Object.keys(outcome).length === 0;
}

function ageOf(job: OpenJob): number {
	return Math.max(0, Date.now() - job.startedAt);
}

function isRefusal({ kind }: GmiFault): boolean {
	return ['badKey', 'noCredit', 'forbidden', 'wrongHost', 'invalid', 'redirected'].includes(kind);
}
