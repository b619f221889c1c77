import { randomUUID } from 'crypto';

import { connect, ownNode, sandbox, startAnother, version } from '../../support/n8n';

const GUARDED = { N8N_SSRF_PROTECTION_ENABLED: 'true' };

/** Generates one video in an n8n of its own; what came of it. */
async function generateIn(env: Record<string, string>) {
	const n8n = await startAnother({ env });
	const client = await connect(n8n.url);
	const credential = await client.createCredential('gmiCloudApi', 'GMI Cloud API', {
		apiKey: sandbox.key,
		organizationId: '',
		baseUrl: sandbox.url,
	});
	const path = randomUUID();
	const webhook = {
		id: 'webhook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
	};
	const parameters = {
		resource: 'video',
		operation: 'generate',
		model: { __rl: true, mode: 'id', value: 'seedance-2-0-fast-260128' },
		prompt: 'A kite',
	};
	const workflowId = await client.createWorkflow({
		name: path,
		nodes: [webhook, await ownNode('gmiVideo', parameters, {}, credential)],
		connections: { Webhook: { main: [[{ node: 'Under test', type: 'main', index: 0 }]] } },
	});
	await client.activate(workflowId);
	await client.runWebhook(path);
	const { data } = await client.lastExecution(workflowId);
	await n8n.stop();
	const { runData, error } = data.resultData;
	return { item: runData['Under test']?.[0]?.data?.main[0]?.[0], error };
}

const guarded = version.startsWith('1.') ? describe.skip : describe;

guarded("n8n's protection against calls into its own network", () => {
	beforeEach(() => sandbox.sandbox.reset());

	it('lets requests and files of an allowed host through', async () => {
		const { item, error } = await generateIn({
			...GUARDED,
			N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.0/8',
		});

		expect(error).toBeUndefined();
		expect(item).toMatchObject({
			json: { status: 'success' },
			binary: { data: { mimeType: 'video/mp4' } },
		});
	});

	it('ends a run with its own words, and nothing is paid', async () => {
		const { error } = await generateIn(GUARDED);

		expect(`${error.message} ${error.description}`).toMatch(/SSRF\) blocks this address/);
		expect(sandbox.sandbox.counters.view().accepted).toBe(0);
	});
});
