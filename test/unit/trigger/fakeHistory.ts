import { GmiFault, type FaultKind } from '../../../nodes/shared/queue/fault';
import type { GmiQueue, RequestPage, RequestRecord } from '../../../nodes/shared/queue/types';

type Final = 'success' | 'failed' | 'cancelled';
export type ListOrder = 'newest' | 'oldest' | 'shuffled';

interface Job {
	id: string;
	model: string;
	createdAt: number;
	/** When the list begins to show it. */
	listedAt: number;
	endedAt?: number;
	status: string;
	fromConsole: boolean;
}

/** A queue in memory on a clock of its own (unix seconds), as far as reading goes. */
export class FakeHistory implements GmiQueue {
	readonly account = 'fake';
	clock = 1_800_000_000;
	order: ListOrder = 'newest';
	/** The share of calls, 0..1, that go wrong; `random` decides which. */
	faultRate = 0;
	faultKind: FaultKind = 'server';
	refusesAll = false;
	calls = 0;
	readonly jobs = new Map<string, Job>();
	private made = 0;
	private list: Job[] = [];
	private listOrder: ListOrder = 'newest';

	constructor(private readonly random: () => number = () => 1) {}

	submit(): never {
		throw new Error('The trigger never submits');
	}

	/** @returns the id of a new request, open */
	add(model: string, { lag = 0, fromConsole = false, age = 0 } = {}): string {
		const id = `request-${++this.made}`;
		const createdAt = this.clock - age;
		const listedAt = this.clock + lag;
		this.jobs.set(id, { id, model, createdAt, listedAt, status: 'queued', fromConsole });
		return id;
	}

	finish(id: string, status: Final = 'success', age = 0): void {
		const job = this.jobs.get(id)!;
		job.status = status;
		job.endedAt = this.clock - age;
	}

	/** Requests that ended long ago, one every `spacing` seconds. */
	addHistory(model: string, count: number, spacing = 60, until = 3600): void {
		for (let i = count; i > 0; i--) {
			const age = until + i * spacing;
			this.finish(this.add(model, { age }), 'success', age - 30);
		}
	}

	now(): number {
		return this.clock * 1000;
	}

	async getRequest(id: string): Promise<RequestRecord> {
		this.call();
		const job = this.jobs.get(id);
		if (job === undefined || job.fromConsole) throw fault('notFound', 404);
		return recordOf(job);
	}

	async listRequests({
		model,
		limit,
		offset,
	}: {
		model?: string;
		limit: number;
		offset: number;
	}): Promise<RequestPage> {
		this.call();
		if (model === undefined && this.refusesAll) throw fault('forbidden', 403);
		const listed = this.sorted().filter(
			(job) => job.listedAt <= this.clock && (model === undefined || job.model === model),
		);
		const records = listed.slice(offset, offset + limit).map(recordOf);
		return { records, hasMore: offset + records.length < listed.length };
	}

	listModels(): never {
		throw new Error('The trigger does not list models');
	}

	getModel(): never {
		throw new Error('The trigger does not read models');
	}

	createUpload(): never {
		throw new Error('The trigger never uploads');
	}

	private call(): void {
		this.calls++;
		if (this.random() < this.faultRate) throw fault(this.faultKind, 503);
	}

	private sorted(): Job[] {
		if (this.list.length === this.jobs.size && this.listOrder === this.order) return this.list;
		const place = ({ id }: Job) => Number(id.split('-')[1]);
		// Fixed, yet without any system.
		const mixed = (job: Job) => (place(job) * 7919) % 10_007;
		const key = this.order === 'shuffled' ? mixed : (job: Job) => job.createdAt;
		const sign = this.order === 'newest' ? -1 : 1;
		this.listOrder = this.order;
		this.list = [...this.jobs.values()].sort(
			(a, b) => sign * (key(a) - key(b) || place(a) - place(b)),
		);
		return this.list;
	}
}

function recordOf({ id, model, createdAt, endedAt, status }: Job): RequestRecord {
	return {
		request_id: id,
		model,
		status,
		created_at: createdAt,
		updated_at: endedAt ?? createdAt,
		outcome: status === 'success' ? { video_url: `https://storage.example/${id}.mp4` } : null,
	};
}

function fault(kind: FaultKind, status: number): GmiFault {
	return new GmiFault({ kind, status, providerText: 'not now' });
}
