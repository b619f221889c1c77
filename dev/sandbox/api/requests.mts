import { setTimeout as pause } from 'node:timers/promises';
import { currentStep, isFinal, type Job } from '../jobs/job.mjs';
import { createdRecord } from '../jobs/outcomes.mjs';
import type { Sandbox } from '../sandbox.mjs';
import type { Exchange } from '../wire/exchange.mjs';
import { error, json, type Reply } from '../wire/reply.mjs';
import { badInput } from './badInput.mjs';
import { unknownModel } from './models.mjs';

export const rejected = 'Generation rejected; please review the prompt and parameters then retry';
export const backendError = (status: number) => `Backend error (${status}). Please try again.`;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Synchronous models answer when they are done, however long that takes. */
async function finished(job: Job, sandbox: Sandbox): Promise<void> {
	while (!sandbox.closed && !isFinal(currentStep(job, Date.now()).status)) {
		const left = (job.steps.at(-1)?.at ?? 0) - Date.now();
		await pause(Math.max(1, Math.min(left, 50)));
	}
}

async function synchronousReply(job: Job, sandbox: Sandbox): Promise<Reply> {
	await finished(job, sandbox);
	const record = sandbox.queue.record(job);
	if (record.status !== 'success') return json(400, { error: rejected, request_id: job.id });
	if (job.model.delivery === 'sync') return json(200, record);
	const { request_id, model, status, created_at, updated_at, queued_at } = record;
	return json(200, { request_id, model, status, created_at, updated_at, queued_at });
}

export async function submit(exchange: Exchange, sandbox: Sandbox): Promise<Reply> {
	const { json: body, account, entry, url } = exchange;
	const { settings, queue } = sandbox;
	if (!account || !isObject(body)) return error(400, 'invalid request body');
	const { model: id, payload } = body;
	if (typeof id !== 'string' || id === '') return error(400, 'model is required');
	const model = sandbox.catalogue.find(id);
	if (!model) return unknownModel(id);
	if (settings.gatedModels.includes(model.id)) {
		return error(404, `you do not have access to model ${id}`);
	}
	if (!isObject(payload) || Object.keys(payload).length === 0) {
		return error(400, 'payload is required');
	}
	const problem = settings.badInput === 'ignore' ? undefined : badInput(model, payload);
	if (problem) {
		const wording = settings.badInput === '400' ? problem : backendError(400);
		queue.refuse(model, account, payload, wording);
		return error(Number(settings.badInput), wording);
	}
	const limited = sandbox.limiter.check(account.organization, model.id, settings);
	if (limited) return limited;

	const job = queue.submit(
		model,
		account,
		payload,
		url.searchParams.get('source_product') ?? undefined,
	);
	sandbox.counters.accept(model.id);
	entry.requestId = job.id;
	if (model.delivery === 'async' || model.delivery === 'dead') {
		return json(200, createdRecord(job, Date.now()));
	}
	return await synchronousReply(job, sandbox);
}

export function getRequest({ id, account, entry }: Exchange, sandbox: Sandbox): Reply {
	entry.requestId = id;
	const job = sandbox.queue.find(id);
	// What the web console made is in the list, but a key cannot fetch it by its id.
	const visible =
		job && job.source !== 'console' && job.account.organization === account?.organization;
	return visible ? json(200, sandbox.queue.record(job)) : error(404, 'Request not found');
}

function numberFrom(url: URL, name: string, fallback: number): number {
	const value = Number.parseInt(url.searchParams.get(name) ?? '', 10);
	return value >= 0 ? value : fallback;
}

export function listRequests({ url, account }: Exchange, sandbox: Sandbox): Reply {
	if (!account) return error(401, 'unauthorized');
	const { listDefaultLimit, listMaxLimit, listEnvelope, listOmitsOutcome } = sandbox.settings;
	const limit = Math.min(
		numberFrom(url, 'limit', listDefaultLimit) || listDefaultLimit,
		listMaxLimit,
	);
	const offset = numberFrom(url, 'offset', 0);
	const model = url.searchParams.get('model_id') || undefined;
	const { jobs, total } = sandbox.queue.list(account, { model, limit, offset });
	const now = Date.now();
	const requests = jobs.map((job) => {
		const record = sandbox.queue.record(job, now);
		if (listOmitsOutcome) delete record.outcome;
		return record;
	});
	const withTotal = listEnvelope === 'total' || listEnvelope === 'both';
	const withMore = listEnvelope === 'has_more' || listEnvelope === 'both';
	return json(200, {
		requests,
		...(withTotal ? { total } : {}),
		...(withMore ? { has_more: offset + jobs.length < total } : {}),
	});
}
