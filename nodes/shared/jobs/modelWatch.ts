import { onAbort, pause, throwIfCancelled } from '../flow/pause';
import { GmiFault } from '../queue/fault';
import { isUntouched, lacksOutcome } from '../queue/records';
import type { GmiQueue, RequestRecord } from '../queue/types';
import { JobFailure, type JobFailureKind } from './failure';
import { checkInterval } from './checkInterval';
import { Observer } from './look';
import type { OpenJob } from './openJob';
import { Outage, REFUSALS_BELIEVED } from './outage';

/** A success is reported without its `outcome` only after so many asks for it. */
const ASKS_FOR_OUTCOME = 5;

export interface WatchSettings {
	/** Milliseconds between looks; 0 = adaptive. */
	intervalMs: number;
	/** How long each request may take, in milliseconds from when its wait began. */
	timeoutMs: number;
	signal?: AbortSignal;
	/** Called once for each request found stalled. */
	onStalled?: (record: RequestRecord) => void;
	/** Called whenever a request's status has changed. */
	onStatus?: (record: RequestRecord) => void;
}

/** One loop that watches all open requests of one model; it runs while there are any. */
export class ModelWatch {
	private readonly observer: Observer;
	private readonly open = new Map<string, OpenJob>();
	private readonly outage = new Outage();
	private isRunning = false;
	private interrupt = () => {};

	constructor(
		private readonly queue: GmiQueue,
		private readonly model: string,
		private readonly settings: WatchSettings,
	) {
		this.observer = new Observer(queue, model);
	}

	/** Waits for a request's end, with who waits for it already; `make` is called when nobody does. */
	async join(id: string, make: () => OpenJob): Promise<RequestRecord> {
		const known = this.open.get(id);
		if (known) return await known.end;
		const job = make();
		this.open.set(id, job);
		if (this.isRunning) this.interrupt();
		else void this.run();
		return await job.end;
	}

	private async run(): Promise<void> {
		this.isRunning = true;
		try {
			while (this.open.size > 0) {
				await this.rest();
				await this.check();
			}
		} catch (error) {
			for (const [id, job] of this.open) {
				this.open.delete(id);
				job.reject(error as Error);
			}
		} finally {
			this.isRunning = false;
		}
	}

	/** Waits until the next look is due; a request that joins may bring it forward. */
	private async rest(): Promise<void> {
		const { signal, intervalMs } = this.settings;
		const restedFrom = Date.now();
		for (;;) {
			throwIfCancelled(signal);
			const jobs = [...this.open.values()];
			const age = Math.max(0, restedFrom - Math.max(...jobs.map((job) => job.startedAt)));
			const isDueAtOnce = jobs.some((job) => job.isDueAtOnce);
			const interval = isDueAtOnce ? 0 : checkInterval(age, intervalMs);
			const due = restedFrom + Math.max(interval, this.outage.restAtLeastMs);
			const deadline = Math.min(...jobs.map((job) => job.deadline));
			const ms = Math.min(due, deadline) - Date.now();
			if (ms <= 0) return;
			if (await this.sleepUnlessInterrupted(ms)) return;
		}
	}

	private async sleepUnlessInterrupted(ms: number): Promise<boolean> {
		const { signal } = this.settings;
		const rest = new AbortController();
		const wake = () => rest.abort();
		this.interrupt = wake;
		const stopListening = signal ? onAbort(signal, wake) : () => {};
		try {
			await pause(ms, rest.signal);
			return true;
		} catch {
			throwIfCancelled(signal);
			return false;
		} finally {
			this.interrupt = () => {};
			stopListening();
		}
	}

	private async check(): Promise<void> {
		const ids = [...this.open.keys()];
		const look = await this.observer.look(ids, this.open);
		throwIfCancelled(this.settings.signal);
		if (this.outage.isOverPatience(look)) {
			for (const job of [...this.open.values()]) this.giveUp(job, 'unwatchable', look.fault);
		}

		for (const id of ids) {
			const job = this.open.get(id);
			if (job === undefined) continue;
			job.looks++;
			const seen = look.seen.get(id);
			if (seen) await this.update(job, seen);
			else if (look.unknown.includes(id)) this.countUnknown(job);
			if (this.open.has(id) && Date.now() >= job.deadline) {
				this.giveUp(job, isUntouched(job.record) ? 'stalled' : 'timedOut');
			}
		}
	}

	private async update(job: OpenJob, seen: RequestRecord): Promise<void> {
		const before = job.record.status;
		job.unknown = 0;
		job.record = { ...job.record, ...seen };
		if (lacksOutcome(job.record)) await this.askForOutcome(job);
		if (job.record.status !== before) this.settings.onStatus?.(job.record);
		if (job.hasEnded || job.asksForOutcome >= ASKS_FOR_OUTCOME) {
			this.open.delete(job.record.request_id);
			job.resolve(job.record);
		} else if (job.becomesStalled()) {
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

	private countUnknown(job: OpenJob): void {
		job.unknown++;
		if (job.unknown < REFUSALS_BELIEVED) return;
		const fault = new GmiFault({ kind: 'notFound', status: 404, providerText: '' });
		this.giveUp(job, 'unwatchable', fault);
	}

	private giveUp(job: OpenJob, kind: JobFailureKind, fault?: GmiFault): void {
		const { model } = this;
		const { record, ageMs } = job;
		this.open.delete(record.request_id);
		job.reject(new JobFailure({ kind, model, record, fault, elapsedMs: ageMs }));
	}
}
