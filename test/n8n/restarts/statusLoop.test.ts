import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import workflow from '../../../examples/submit-wait-status.json';
import { importExample } from '../../support/examples';
import { connect, sandbox, startAnother } from '../../support/n8n';
import { until } from '../../support/until';
import { probe } from '../../support/videos';

type Client = Awaited<ReturnType<typeof connect>>;
type N8n = Awaited<ReturnType<typeof startAnother>>;

const jobs = () => sandbox.sandbox.queue.jobs as Array<{ id: string }>;

async function hasStatus(client: Client, workflowId: string, status: string) {
	const [open] = await client.openExecutions(workflowId);
	const [execution] = open ? [open] : await client.executions(workflowId, 1);
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
			const workflowId = await importExample(client, workflow);
			await client.activate(workflowId);
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
