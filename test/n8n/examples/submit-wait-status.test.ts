import workflow from '../../../examples/submit-wait-status.json';
import { importExample, itemsOf } from '../../support/examples';
import { client, sandbox } from '../../support/n8n';
import { probe } from '../../support/videos';

const gmi = sandbox.sandbox;

it('the example of Submit, Wait, Status asks again until each request has ended', async () => {
	gmi.reset();
	gmi.plans.add({ payload: 'red kite', durationMs: 8_000 });
	gmi.plans.add({ payload: 'cup of tea', ends: 'failed', reason: 'the tea was too hot' });
	const workflowId = await importExample(client, workflow, {
		nodes: { Wait: { parameters: { amount: 3 } } },
	});
	await client.activate(workflowId);
	await client.runWebhook('submit-wait-status');
	const execution = await client.lastExecution(workflowId);
	await client.deactivate(workflowId);

	expect(execution.status).toBe('success');
	const ready = itemsOf(execution, 'Videos ready');
	const failed = itemsOf(execution, 'Could not be made');
	const prompts = ready.map(({ json }) => (json.payload as { prompt: string }).prompt);
	expect(prompts).toEqual([
		expect.stringContaining('paper boat'),
		expect.stringContaining('red kite'),
	]);
	expect(JSON.stringify(failed.map(({ json }) => json))).toContain('the tea was too hot');
	expect(failed).toHaveLength(1);
	expect(execution.data.resultData.runData.Wait.length).toBeGreaterThan(1);
	expect(gmi.counters.view().accepted).toBe(3);
	for (const { binary } of ready) {
		const video = await client.downloadBinary(binary!.data);
		expect(await probe(video)).toMatchObject({ codec: 'h264', height: 480 });
	}
});
