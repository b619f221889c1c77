import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts.mjs';
import type { Model } from '../catalogue/types.mjs';
import { hash } from '../random.mjs';
import type { Sandbox } from '../sandbox.mjs';
import { failure } from './failures.mjs';
import { currentStep, isFinal, seconds, type FinalStatus, type Job } from './job.mjs';
import { successOutcome } from './outcomes.mjs';
import { durationFor, timeline } from './timeline.mjs';

export interface ListQuery {
	model?: string;
	limit: number;
	offset: number;
}

/** Every request of every organisation, and how each of them looks at a moment. */
export class Queue {
	/** Oldest first; a list page is read from the end. */
	readonly jobs: Job[] = [];
	private readonly byId = new Map<string, Job>();
	private readonly byFolder = new Map<string, Job>();

	constructor(private readonly sandbox: Sandbox) {}

	find(id: string): Job | undefined {
		return this.byId.get(id);
	}

	findByFolder(folder: string): Job | undefined {
		return this.byFolder.get(folder);
	}

	submit(model: Model, account: Account, payload: Job['payload'], sourceProduct?: string): Job {
		const { settings, random, plans } = this.sandbox;
		const plan = plans.take(model.id, payload);
		const usual = durationFor(model, settings, random);
		const speed = settings.speed;
		const duration =
			plan?.durationMs === undefined ? usual : plan.durationMs && plan.durationMs / speed;
		const unlucky = settings.failureRate > 0 && random.next() < settings.failureRate;
		const end = plan?.ends ?? (unlucky ? 'failed' : 'success');
		const now = Date.now();
		const first = plan?.firstStatus ?? settings.firstStatus;
		return this.add({
			id: randomUUID(),
			model,
			account,
			payload,
			source: 'api',
			sourceProduct,
			createdMs: now,
			outputs: plan?.outputs,
			failure:
				end === 'failed' ? failure(plan?.shape ?? settings.failureShape, plan?.reason) : undefined,
			steps:
				model.delivery === 'dead'
					? [{ at: now, status: 'queued' }]
					: timeline(now, duration, first, end),
		});
	}

	/** A submit that was refused with an error still leaves a failed request behind. */
	refuse(model: Model, account: Account, payload: Job['payload'], error: string): Job {
		const now = Date.now();
		return this.add({
			id: randomUUID(),
			model,
			account,
			payload,
			source: 'refused',
			createdMs: now,
			failure: { outcome: { error } },
			steps: [{ at: now, status: 'failed' }],
		});
	}

	add(job: Job): Job {
		this.byId.set(job.id, job);
		const last = this.jobs.at(-1);
		this.jobs.push(job);
		if (last && last.createdMs > job.createdMs) {
			this.jobs.sort((one, other) => one.createdMs - other.createdMs);
		}
		return job;
	}

	/** Many at once, with a single sort. */
	addAll(jobs: Job[]): void {
		for (const job of jobs) this.byId.set(job.id, job);
		const all = this.jobs.concat(jobs).sort((one, other) => one.createdMs - other.createdMs);
		this.jobs.length = 0;
		for (const job of all) this.jobs.push(job);
	}

	/** Ends a request now, by hand. */
	finish(job: Job, end: FinalStatus, shape = 'string', reason?: string): void {
		const now = Date.now();
		job.steps = job.steps.filter(({ at, status }) => at <= now && !isFinal(status));
		job.steps.push({ at: now, status: end });
		job.failure = end === 'failed' ? failure(shape, reason) : undefined;
	}

	record(job: Job, now = Date.now()): Record<string, unknown> {
		const step = currentStep(job, now);
		const { settings, storageUrl } = this.sandbox;
		let outcome: unknown = null;
		if (step.status === 'success') {
			outcome = successOutcome(job, settings, storageUrl, now);
			if (job.artifactFolder) this.byFolder.set(job.artifactFolder, job);
		} else if (isFinal(step.status)) {
			outcome = job.failure?.outcome ?? null;
		}
		return {
			request_id: job.id,
			org_id: job.account.organization,
			user_id: job.account.user,
			model: job.model.id,
			status: step.status,
			is_public: false,
			payload: job.model.echo === 'empty' ? {} : job.payload,
			outcome,
			created_at: seconds(job.createdMs),
			updated_at: seconds(step.at),
			queued_at: seconds(job.createdMs),
			...(isFinal(step.status) ? job.failure?.fields : undefined),
		};
	}

	list(account: Account, query: ListQuery): { jobs: Job[]; total: number } {
		const { listLagMs, listOrder, seed } = this.sandbox.settings;
		const newest = Date.now() - listLagMs;
		const shown = this.jobs.filter(
			(job) =>
				job.account.organization === account.organization &&
				(query.model === undefined || job.model.id.trim() === query.model.trim()) &&
				(listLagMs === 0 || job.source === 'history' || job.createdMs <= newest),
		);
		if (listOrder === 'newest') shown.reverse();
		if (listOrder === 'shuffled') {
			const rank = new Map(shown.map((job) => [job, hash(job.id + seed)]));
			shown.sort((one, other) => (rank.get(one) ?? 0) - (rank.get(other) ?? 0));
		}
		return { jobs: shown.slice(query.offset, query.offset + query.limit), total: shown.length };
	}
}
