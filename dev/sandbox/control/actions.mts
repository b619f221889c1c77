import { randomUUID } from 'node:crypto';
import { defaultAccount, secondAccount } from '../accounts.mjs';
import { failure } from '../jobs/failures.mjs';
import { currentStep, isFinal, type Job, type JobStatus } from '../jobs/job.mjs';
import type { Sandbox } from '../sandbox.mjs';

/** A request that was not made through the API. */
export interface AddSpec {
	model?: string;
	payload?: Record<string, unknown>;
	/** `console` ones answer 404 by id, `history` ones do not. */
	source?: 'console' | 'history';
	status?: JobStatus;
	/** How long ago it was made, and how long it took. */
	ageMs?: number;
	tookMs?: number;
	shape?: string;
	reason?: string;
	organization?: 'default' | 'second';
}

export interface HistorySpec extends AddSpec {
	count: number;
	/** Time between one request and the next. */
	spacingMs?: number;
}

function build(sandbox: Sandbox, spec: AddSpec): Job {
	const model = sandbox.catalogue.find(spec.model ?? 'sora-2-pro');
	if (!model) throw new Error(`Unknown model: ${spec.model}`);
	const status = spec.status ?? 'success';
	const createdMs = Date.now() - (spec.ageMs ?? 0);
	const took = spec.tookMs ?? (isFinal(status) ? 60_000 : 0);
	const reached = Math.min(createdMs + took, Date.now());
	return {
		id: randomUUID(),
		model,
		account: spec.organization === 'second' ? secondAccount : defaultAccount,
		payload: spec.payload ?? { prompt: 'An earlier request' },
		source: spec.source ?? 'history',
		createdMs,
		failure: status === 'failed' ? failure(spec.shape ?? 'string', spec.reason) : undefined,
		steps: [
			{ at: createdMs, status: isFinal(status) ? 'queued' : status },
			...(isFinal(status) ? [{ at: reached, status }] : []),
		],
	};
}

export function addRequest(sandbox: Sandbox, spec: AddSpec): Job {
	return sandbox.queue.add(build(sandbox, spec));
}

/** Old requests in bulk; the first one is the newest. */
export function addHistory(sandbox: Sandbox, spec: HistorySpec): string[] {
	const spacing = spec.spacingMs ?? 60_000;
	const age = spec.ageMs ?? spacing;
	const jobs = Array.from({ length: spec.count }, (_, index) =>
		build(sandbox, { ...spec, ageMs: age + index * spacing }),
	);
	sandbox.queue.addAll(jobs);
	return jobs.map(({ id }) => id);
}

export type Overview = ReturnType<typeof overview>;

/** Every request ever accepted or added, and how often each payload came. */
export function overview(sandbox: Sandbox) {
	const now = Date.now();
	const times = new Map<string, number>();
	const texts = sandbox.queue.jobs.map((job) => {
		const text = `${job.account.organization} ${job.model.id} ${JSON.stringify(job.payload)}`;
		if (job.source === 'api') times.set(text, (times.get(text) ?? 0) + 1);
		return text;
	});
	return sandbox.queue.jobs.map((job, index) => ({
		id: job.id,
		model: job.model.id,
		payload: job.payload,
		status: currentStep(job, now).status,
		source: job.source,
		sourceProduct: job.sourceProduct,
		organization: job.account.label,
		createdMs: job.createdMs,
		steps: job.steps,
		/** How many submits with this very payload were accepted. */
		sameSubmits: times.get(texts[index]) ?? 0,
	}));
}
