import type { IDataObject } from 'n8n-workflow';

import { GmiFault, type FaultDetails } from '../../nodes/shared/queue/fault';
import type { RequestRecord } from '../../nodes/shared/queue/types';

/** What becomes of an accepted request at the fake GMI, in milliseconds after it was accepted. */
export interface Course {
	/** How long it stays `queued`; Infinity: forever, untouched. */
	queuedMs: number;
	workMs: number;
	end: 'success' | 'failed' | 'cancelled';
	reason?: string;
}

/** One accepted request. */
export interface FakeJob {
	id: string;
	model: string;
	payload: IDataObject;
	/** Local time. */
	acceptedAt: number;
	course: Course;
}

/** How GMI shows the payload it was sent: all of it, nothing, `{}`, with more values, or cut short. */
export type Echo = 'complete' | 'none' | 'empty' | 'added' | 'cut';

export function statusOf({ acceptedAt, course }: FakeJob, now: number): string {
	if (now < acceptedAt + course.queuedMs) return 'queued';
	return now < endOf({ acceptedAt, course }) ? 'processing' : course.end;
}

export function endOf({ acceptedAt, course }: Pick<FakeJob, 'acceptedAt' | 'course'>): number {
	return acceptedAt + course.queuedMs + course.workMs;
}

/** The record of a create reply: no payload, no outcome. */
export function shortRecordOf(job: FakeJob, now: number, offsetMs: number): RequestRecord {
	const status = statusOf(job, now);
	const created = seconds(job.acceptedAt + offsetMs);
	const started = seconds(job.acceptedAt + job.course.queuedMs + offsetMs);
	const ended = seconds(endOf(job) + offsetMs);
	return {
		request_id: job.id,
		model: job.model,
		status,
		created_at: created,
		queued_at: created,
		updated_at: status === 'queued' ? created : status === 'processing' ? started : ended,
	};
}

export function recordOf(job: FakeJob, now: number, offsetMs: number, echo: Echo): RequestRecord {
	const record = shortRecordOf(job, now, offsetMs);
	const payload = echoOf(job.payload, echo);
	return {
		...record,
		...(payload === undefined ? {} : { payload }),
		outcome: outcomeOf(job, record.status),
	};
}

export function fault(kind: FaultDetails['kind'], more: Partial<FaultDetails> = {}): GmiFault {
	return new GmiFault({ kind, providerText: `fake ${kind}`, ...more });
}

function outcomeOf({ id, course }: FakeJob, status: string): IDataObject | null {
	if (status === 'success') return { video_url: `https://storage.example/${id}.mp4` };
	if (status === 'failed') return { error: course.reason ?? 'fake reason' };
	return null;
}

function echoOf(payload: IDataObject, echo: Echo): IDataObject | undefined {
	if (echo === 'none') return undefined;
	if (echo === 'empty') return {};
	if (echo === 'added') return { steps: 30, ...payload };
	if (echo === 'complete') return payload;
	const entries = Object.entries(payload).map(([key, value]) => [
		key,
		typeof value === 'string' && value.length > 1_200 ? `${value.slice(0, 1_100)}…` : value,
	]);
	return Object.fromEntries(entries) as IDataObject;
}

function seconds(ms: number): number {
	return Number.isFinite(ms) ? Math.floor(ms / 1000) : 0;
}
