import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import workflow from '../../../examples/submit-wait-status.json';
import { connect, sandbox, startAnother } from '../../support/n8n';
import { probe } from '../../support/videos';

type Client = Awaited<ReturnType<typeof connect>>;
type N8n = Awaited<ReturnType<typeof startAnother>>;

const { key, url } = sandbox;
const jobs = () => sandbox.sandbox.queue.jobs as Array<{ id: string }>;

async function until<T>(what: string, seconds: number, look: () => Promise<T | undefined>) {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() > end) throw new Error(`No ${what} after ${seconds} s`);
		await new Promise((resolve) => AbortSignal.timeout(300).addEventListener('abort', resolve));
	}
}

async function deploy(client: Client): Promise<string> {
	const data = { apiKey: key, organizationId: '', baseUrl: url };
	const { id, name } = await client.createCredential('gmiCloudApi', 'GMI Cloud API', data);
	const nodes = workflow.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-gmicloud')
			? { ...node, credentials: { gmiCloudApi: { id, name } } }
			: node,
	);
	const workflowId = await client.createWorkflow({ ...workflow, nodes });
	await client.activate(workflowId);
	return workflowId;
}

async function hasStatus(client: Client, workflowId: string, status: string) {
	const [execution] = await client.executions(workflowId, 1);
	return execution?.status === status ? execution : undefined;
}

describe('Submit, Wait, Status', () => {
	beforeEach(() => sandbox.sandbox.reset());

	it.each([['running on', false] as const, ['killed and started again', true] as const])(
		'brings every video once, each submitted once, in an n8n %s',
		async (_, isKilled) => {
			sandbox.sandbox.configure({ durationMs: null });
			const n8n: N8n = await startAnother();
			let client = await connect(n8n.url);
			const workflowId = await deploy(client);
			await client.runWebhook('submit-wait-status');
			await until('wait', 30, async () => await hasStatus(client, workflowId, 'waiting'));
			expect(jobs()).toHaveLength(3);
			const [first, second, third] = jobs();

			if (isKilled) await n8n.kill9();
			sandbox.sandbox.queue.finish(first, 'success');
			sandbox.sandbox.queue.finish(second, 'success');
			if (isKilled) {
				await n8n.start();
				client = await connect(n8n.url);
			}
			const looked = async () =>
				sandbox.sandbox.log.find({ endpoint: 'artifact' }).length >= 2 || undefined;
			await until('download', 120, looked);
			sandbox.sandbox.queue.finish(third, 'success');
			await until('end', 180, async () => await hasStatus(client, workflowId, 'success'));

			const { data } = await client.lastExecution(workflowId);
			const runs = data.resultData.runData['Videos ready'] as Array<{
				data: { main: INodeExecutionData[][] };
			}>;
			const items = runs.flatMap((run) => run.data.main[0]);
			const ids = items.map(({ json }: { json: IDataObject }) => json.request_id);
			expect(ids.sort()).toEqual(
				jobs()
					.map(({ id }) => id)
					.sort(),
			);
			expect(sandbox.sandbox.counters.view().accepted).toBe(3);
			for (const { binary } of items) {
				const video = await client.downloadBinary(binary!.data);
				expect(await probe(video)).toMatchObject({ codec: 'h264' });
			}
			await n8n.kill9();
		},
		400_000,
	);
});
