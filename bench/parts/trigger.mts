import { setTimeout as sleep } from 'node:timers/promises';

import { waitFor, type N8nClient } from '../../dev/n8n/index.mjs';
import type { RunningSandbox } from '../../dev/sandbox/index.mjs';
import { builtInNode } from '../../test/support/workflows.js';
import type { TriggerResult } from '../results.mjs';
import type { Stage } from '../stage.mjs';
import { gmiCredential, MODEL } from '../workflows.mjs';

const NEW_REQUESTS = 3;
/** n8n polls every minute. */
const POLL_SECONDS = 90;
/** A poll is over when it has been silent for this long. */
const SILENCE_MS = 2_000;

/** The trigger's calls poll by poll, on n8n's schedule. All repetitions run side by side, each with its own GMI. */
export async function measureTrigger(stage: Stage): Promise<TriggerResult[]> {
	const { triggerRequests, repetitions } = stage.plan;
	const { client, n8n } = await stage.start('package');
	const results = await Promise.all(
		triggerRequests.map(async (requests) => {
			const one = () => measureOne(stage, client, requests);
			return { requests, polls: await Promise.all(Array.from({ length: repetitions }, one)) };
		}),
	);
	await n8n.stop();
	return results;
}

async function measureOne(stage: Stage, client: N8nClient, requests: number) {
	const sandbox = await stage.sandbox();
	await control(sandbox, 'history', { model: MODEL, count: requests, ageMs: 60_000 });
	const workflowId = await deploy(client, sandbox);

	const calls = callCounter(sandbox);
	await client.activate(workflowId);
	const activation = await nextPoll(calls);
	const quiet: number[] = [];
	while (quiet.length < stage.plan.triggerPolls) quiet.push(await nextPoll(calls));
	if ((await client.executions(workflowId)).length > 0) throw new Error('Old requests came out');
	for (let i = 0; i < NEW_REQUESTS; i++) await control(sandbox, 'requests', { model: MODEL });
	const busy = await nextPoll(calls);
	const { id } = await client.endOfExecution(workflowId, 30);
	const items = (await client.execution(id)).data?.resultData.runData.Trigger?.[0].data?.main[0];
	if (items?.length !== NEW_REQUESTS) throw new Error(`The trigger gave ${items?.length} items`);

	await client.deactivate(workflowId);
	stage.note(
		`trigger, ${requests} requests: ${activation} calls at activation, ${quiet.join(', ')} when nothing is new, ${busy} when ${NEW_REQUESTS} have ended`,
	);
	return { activation, quiet, busy };
}

async function deploy(client: N8nClient, sandbox: RunningSandbox): Promise<string> {
	const trigger = {
		...builtInNode('Trigger', 'n8n-nodes-gmicloud.gmiVideoTrigger', 1, {
			events: ['success'],
			models: [],
			downloadOutput: false,
			pollTimes: { item: [{ mode: 'everyMinute' }] },
		}),
		credentials: { gmiCloudApi: await gmiCredential(client, sandbox) },
	};
	const after = builtInNode('After', 'n8n-nodes-base.noOp', 1, {});
	return await client.createWorkflow({
		name: 'Trigger',
		nodes: [trigger, after],
		connections: { Trigger: { main: [[{ node: 'After', type: 'main', index: 0 }]] } },
	});
}

/** @returns the calls since it was last asked for */
function callCounter({ sandbox }: RunningSandbox) {
	let seen = 0;
	const count = () => sandbox.log.find({ server: 'api' }).length;
	return {
		waiting: () => count() - seen,
		take: () => {
			const now = count();
			const fresh = now - seen;
			seen = now;
			return fresh;
		},
	};
}

async function nextPoll(calls: ReturnType<typeof callCounter>): Promise<number> {
	await waitFor('a poll', POLL_SECONDS, async () => calls.waiting() > 0 || undefined);
	for (let before = 0; before !== calls.waiting(); ) {
		before = calls.waiting();
		await sleep(SILENCE_MS);
	}
	return calls.take();
}

async function control({ controlUrl }: RunningSandbox, path: string, body: object) {
	const options = { method: 'POST', body: JSON.stringify(body) };
	const response = await fetch(`${controlUrl}/${path}`, options);
	if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}
