import { sleep, type IDataObject } from 'n8n-workflow';

import { fingerprint } from '../../nodes/shared/jobs/samePayload';
import type { GmiFault } from '../../nodes/shared/queue/fault';
import type { GmiQueue, RequestPage, RequestRecord } from '../../nodes/shared/queue/types';
import {
	endOf,
	fault,
	recordOf,
	shortRecordOf,
	statusOf,
	type Course,
	type Echo,
	type FakeJob,
} from './fakeGmiJobs';

/** How one submit goes. */
export interface SubmitPlan {
	/** What the caller gets instead of the record. */
	fault?: GmiFault;
	/** Whether GMI takes the request; by default it does when there is no fault. */
	accepted?: boolean;
	/** Milliseconds until GMI takes it, even after the answer, and until the caller is answered. */
	acceptAfterMs?: number;
	answerAfterMs?: number;
}

export interface SubmitCall {
	/** Counts from 1. */
	nth: number;
	model: string;
	payload: IDataObject;
	at: number;
}

export interface ReadCall {
	kind: 'get' | 'list';
	nth: number;
	at: number;
	id?: string;
	model?: string;
}

export interface FakeGmiOptions {
	/** Milliseconds a call takes unless its plan says otherwise. */
	latencyMs: number;
	/** GMI's clock minus the local one. */
	clockOffsetMs: number;
	order: 'newest' | 'oldest' | 'shuffled';
	/** How long a new request stays out of the list. */
	listLagMs: number;
	/** The largest page GMI gives, whatever was asked for. */
	largestPage: number;
	listsOutcome: boolean;
	echo: (job: FakeJob) => Echo;
	listsPayload: boolean;
	course: (job: { nth: number; model: string; payload: IDataObject }) => Course;
	onSubmit: (call: SubmitCall) => SubmitPlan;
	onRead: (call: ReadCall) => GmiFault | undefined;
	/** Requests that answer 404 by id, as those made in the web console do. */
	unknownById: (id: string) => boolean;
}

const DEFAULTS: FakeGmiOptions = {
	latencyMs: 100,
	clockOffsetMs: 0,
	order: 'newest',
	listLagMs: 0,
	largestPage: 100,
	listsOutcome: true,
	echo: () => 'complete',
	listsPayload: true,
	course: () => ({ queuedMs: 1_000, workMs: 19_000, end: 'success' }),
	onSubmit: () => ({}),
	onRead: () => undefined,
	unknownById: () => false,
};

let count = 0;

/** An id without what tells one fake GMI's requests from another's: `r1` for the first accepted. */
export function shortId(id: string): string {
	return id.replace(/^.*-/, '');
}

/** GMI's request queue in memory, on whatever clock the test runs. It counts every call. */
export class FakeGmi implements GmiQueue {
	readonly account = 'fake account';
	readonly jobs: FakeJob[] = [];
	readonly calls = { submit: 0, get: 0, list: 0 };
	readonly submits: SubmitCall[] = [];
	openSubmits = 0;
	mostOpenSubmits = 0;
	options: FakeGmiOptions;
	private readonly prefix = `gmi${count++}-`;
	private knownOffsetMs = 0;

	constructor(options: Partial<FakeGmiOptions> = {}) {
		this.options = { ...DEFAULTS, ...options };
	}

	/** Status calls so far. */
	get looks(): number {
		return this.calls.get + this.calls.list;
	}

	now(): number {
		return Date.now() + this.knownOffsetMs;
	}

	/** The accepted requests of one content. */
	jobsLike(model: string, payload: IDataObject): FakeJob[] {
		const content = fingerprint([model, payload]);
		return this.jobs.filter((job) => fingerprint([job.model, job.payload]) === content);
	}

	/** A request that was there before, or made by someone else. */
	add(model: string, payload: IDataObject, acceptedAt = Date.now(), course?: Course): FakeJob {
		const nth = this.jobs.length + 1;
		const job: FakeJob = {
			id: `${this.prefix}r${nth}`,
			model,
			payload,
			acceptedAt,
			course: course ?? this.options.course({ nth, model, payload }),
		};
		this.jobs.push(job);
		return job;
	}

	async submit(model: string, payload: IDataObject): Promise<RequestRecord> {
		const call = { nth: ++this.calls.submit, model, payload, at: Date.now() };
		this.submits.push(call);
		this.mostOpenSubmits = Math.max(this.mostOpenSubmits, ++this.openSubmits);
		try {
			return await this.answer(model, payload, this.options.onSubmit(call));
		} finally {
			this.openSubmits--;
		}
	}

	async getRequest(id: string): Promise<RequestRecord> {
		await this.read({ kind: 'get', nth: ++this.calls.get, at: Date.now(), id });
		const job = this.jobs.find((other) => other.id === id);
		if (job === undefined || this.options.unknownById(id)) throw fault('notFound', { status: 404 });
		return recordOf(job, Date.now(), this.options.clockOffsetMs, this.options.echo(job));
	}

	async listRequests(query: {
		model?: string;
		limit: number;
		offset: number;
	}): Promise<RequestPage> {
		const { model, offset } = query;
		await this.read({ kind: 'list', nth: ++this.calls.list, at: Date.now(), model });
		const limit = Math.min(query.limit, this.options.largestPage);
		const all = this.listed(model);
		const records = all.slice(offset, offset + limit).map((job) => this.listedRecord(job));
		return { records, hasMore: records.length > 0 && offset + records.length < all.length };
	}

	async listModels(): Promise<string[]> {
		return await Promise.resolve([...new Set(this.jobs.map((job) => job.model))]);
	}

	async getModel(): Promise<IDataObject> {
		return await Promise.reject(fault('notFound', { status: 404 }));
	}

	async createUpload(): Promise<never> {
		return await Promise.reject(fault('server', { status: 500 }));
	}

	/** When the last request of all ends, in local time. */
	get lastEnd(): number {
		return Math.max(...this.jobs.map(endOf));
	}

	statusOf(id: string): string | undefined {
		const job = this.jobs.find((other) => other.id === id);
		return job && statusOf(job, Date.now());
	}

	private async answer(model: string, payload: IDataObject, plan: SubmitPlan) {
		const { latencyMs, clockOffsetMs } = this.options;
		const answerAfterMs = plan.answerAfterMs ?? latencyMs;
		const acceptAfterMs = plan.acceptAfterMs ?? Math.min(latencyMs, answerAfterMs) / 2;
		const accepted = plan.accepted ?? plan.fault === undefined;
		if (accepted && acceptAfterMs > answerAfterMs) {
			void sleep(acceptAfterMs).then(() => this.add(model, payload));
			await sleep(answerAfterMs);
			throw plan.fault ?? fault('server');
		}
		await sleep(acceptAfterMs);
		const job = accepted ? this.add(model, payload) : undefined;
		await sleep(answerAfterMs - acceptAfterMs);
		if (plan.fault) throw plan.fault;
		this.learnOffset();
		return shortRecordOf(job!, Date.now(), clockOffsetMs);
	}

	private async read(call: ReadCall): Promise<void> {
		await sleep(this.options.latencyMs);
		const problem = this.options.onRead(call);
		if (problem) throw problem;
		this.learnOffset();
	}

	/** As the client does from the header `Date`, which counts whole seconds. */
	private learnOffset(): void {
		const date = Math.floor((Date.now() + this.options.clockOffsetMs) / 1000) * 1000;
		this.knownOffsetMs = date - Date.now();
	}

	private listed(model?: string): FakeJob[] {
		const { order, listLagMs } = this.options;
		const shown = this.jobs.filter(
			(job) =>
				(model === undefined || job.model === model) && job.acceptedAt + listLagMs <= Date.now(),
		);
		if (order === 'oldest') return shown;
		if (order === 'newest') return shown.reverse();
		const key = ({ id }: FakeJob) => (Number(/\d+$/.exec(id)) * 7919) % 10_007;
		return shown.sort((a, b) => key(a) - key(b));
	}

	private listedRecord(job: FakeJob): RequestRecord {
		const { clockOffsetMs, echo, listsOutcome, listsPayload } = this.options;
		const record = recordOf(job, Date.now(), clockOffsetMs, echo(job));
		if (!listsOutcome) delete record.outcome;
		if (!listsPayload) delete record.payload;
		return record;
	}
}
