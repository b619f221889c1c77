import workflow from '../../../examples/first-video.json';
import { importExample, itemsOf } from '../../support/examples';
import { client, sandbox } from '../../support/n8n';
import { probe } from '../../support/videos';

const gmi = sandbox.sandbox;

it('the example of first videos makes three', async () => {
	gmi.reset();
	const workflowId = await importExample(client, workflow);
	await client.activate(workflowId);
	await client.runWebhook('first-video');
	const execution = await client.lastExecution(workflowId);
	await client.deactivate(workflowId);

	const items = itemsOf(execution, 'GMI Video');
	expect(items.map(({ json }) => json.request_id)).toEqual(
		expect.arrayContaining(gmi.queue.jobs.map(({ id }: { id: string }) => id)),
	);
	expect(gmi.counters.view().accepted).toBe(3);
	expect(items).toHaveLength(3);
	for (const { binary } of items) {
		const video = await client.downloadBinary(binary!.data);
		expect(await probe(video)).toMatchObject({ codec: 'h264', width: 854, height: 480 });
	}
});
