import { setTimeout as sleep } from 'node:timers/promises';

import type { Execution } from '../n8n/index.mjs';
import { newestRequests, type RequestRecord } from './service.mjs';
import type { Stage } from './stage.mjs';

const SANDBOX_POLL_MS = 250;
const PAID_POLL_MS = 3000;

/** Prints each request's status whenever it changes, until the workflow's execution has ended. */
export async function watchRun(stage: Stage, known: RequestRecord[]): Promise<Execution> {
	const startedAt = Date.now();
	const statuses = new Map(known.map(({ request_id }) => [request_id, 'earlier']));
	const told = (record: RequestRecord) =>
		statuses.get(record.request_id) === 'earlier' ||
		statuses.get(record.request_id) === record.status;

	for (;;) {
		const [newest] = await stage.client.executions(stage.workflowId, 1);
		const records = await newestRequests(stage.service, 20);
		for (const record of records.filter((candidate) => !told(candidate)).reverse()) {
			statuses.set(record.request_id, record.status);
			const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
			console.log(`  ${seconds.padStart(6)} s  ${record.request_id}  ${record.status}`);
		}
		if (newest?.stoppedAt) return await stage.client.execution(newest.id);
		await sleep(stage.service.price ? PAID_POLL_MS : SANDBOX_POLL_MS);
	}
}
