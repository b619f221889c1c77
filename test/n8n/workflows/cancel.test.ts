import { randomUUID } from 'crypto';

import { connect, n8n, sandbox } from '../../support/n8n';
import { rest } from '../../support/until';

const MODEL = 'vidu-q3-pro-t2v';

const gmi = sandbox.sandbox;

const calls = () => Object.values(gmi.counters.view().calls as Record<string, number>);

/** A webhook that answers at once, and behind it a batch of three videos. */
async function deployBatch(client: Awaited<ReturnType<typeof connect>>) {
	const path = randomUUID();
	const { id } = await client.createCredential('gmiCloudApi', 'GMI Cloud API', {
		apiKey: sandbox.key,
		organizationId: '',
		baseUrl: sandbox.url,
	});
	const node = (name: string, type: string, parameters: object, more: object = {}) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...more,
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const workflowId = await client.createWorkflow({
		name: path,
		nodes: [
			node(
				'Webhook',
				'n8n-nodes-base.webhook',
				{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
				{ webhookId: path },
			),
			node('Items', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'body.items', options: {} }),
			node(
				'Generate',
				'n8n-nodes-gmicloud.gmiVideo',
				{
					resource: 'video',
					operation: 'generate',
					model: { __rl: true, mode: 'id', value: MODEL },
					prompt: '={{ $json.prompt }}',
				},
				{ credentials: { gmiCloudApi: { id, name: 'GMI Cloud API' } } },
			),
		],
		connections: { Webhook: to('Items'), Items: to('Generate') },
	});
	await client.activate(workflowId);
	return { workflowId, path };
}

it('a stopped execution ends within a second, counts as canceled and asks no more', async () => {
	gmi.reset();
	gmi.configure({ durationMs: 120_000 });
	const client = await connect(n8n.url);
	const { workflowId, path } = await deployBatch(client);
	await client.runWebhook(path, { items: [1, 2, 3].map((i) => ({ prompt: `boat ${i}` })) });
	const executionId = await client.runningExecution(workflowId);
	while (gmi.counters.accepted < 3) await rest(100);
	await rest(2_500);

	const stoppedAt = Date.now();
	await client.stopExecution(executionId);
	const execution = await client.lastExecution(workflowId);
	const tookMs = Date.parse(execution.stoppedAt) - stoppedAt;
	expect(execution.status).toBe('canceled');
	expect(tookMs).toBeLessThan(1_000);

	await rest(500);
	const before = calls();
	await rest(4_000);
	expect(calls()).toEqual(before);
	expect(gmi.counters.accepted).toBe(3);
}, 60_000);
