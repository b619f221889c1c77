import workflow from '../../../examples/submit-then-trigger.json';
import { importExample, itemsOf } from '../../support/examples';
import { client, sandbox } from '../../support/n8n';
import { until } from '../../support/until';
import { probe } from '../../support/videos';

const gmi = sandbox.sandbox;

it('the example of submit now, trigger later hands over each video once', async () => {
	gmi.reset();
	const workflowId = await importExample(client, workflow);
	await client.activate(workflowId);
	const polls = () => gmi.log.find({ endpoint: 'list' }).length as number;
	// n8n 2 says that a workflow is active before the trigger has looked for the first time.
	await until('first poll', 90, async () => polls() > 0 || undefined);
	await client.runWebhook('submit-then-trigger');

	const delivered = async () => {
		const executions = await client.executions(workflowId);
		const ended = executions.filter(({ status }) => status === 'success');
		const stored = await Promise.all(ended.map(async ({ id }) => await client.execution(id)));
		return stored.flatMap((execution) => itemsOf(execution, 'Videos ready'));
	};
	const items = await until('three videos', 150, async () => {
		const found = await delivered();
		return found.length >= 3 ? found : undefined;
	});
	const before = polls();
	await until('next poll', 90, async () => polls() > before || undefined);
	await client.deactivate(workflowId);

	expect(await delivered()).toHaveLength(3);
	expect(items.map(({ json }) => json.request_id).sort()).toEqual(
		gmi.queue.jobs.map(({ id }: { id: string }) => id).sort(),
	);
	expect(gmi.counters.view().accepted).toBe(3);
	for (const { binary } of items) {
		const video = await client.downloadBinary(binary!.data);
		expect(await probe(video)).toMatchObject({ codec: 'h264', width: 854, height: 480 });
	}
}, 400_000);
