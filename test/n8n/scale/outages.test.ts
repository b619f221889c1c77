import { ALL_CHUNKS, batchWorkflow, chunkWorkflow } from '../../support/batchWorkflows';
import { importExample, itemsOf } from '../../support/examples';
import { connect, sandbox, startQueueMode } from '../../support/n8n';
import { rest, until } from '../../support/until';
import { expectWhole } from '../../support/wholeFiles';

type Client = Awaited<ReturnType<typeof connect>>;
type QueueMode = Awaited<ReturnType<typeof startQueueMode>>;

const gmi = sandbox.sandbox;
const PROMPTS = ['Boats', 'Kites', 'Rain'].map((prompt) => ({ prompt }));

function finishAll(): void {
	for (const job of gmi.queue.jobs) if (job.status !== 'success') gmi.queue.finish(job, 'success');
}

describe('a batch in queue mode', () => {
	let queueMode: QueueMode;
	let client: Client;
	let batchId: string;

	beforeAll(async () => {
		gmi.reset();
		queueMode = await startQueueMode({ workers: 1 });
		client = await connect(queueMode.main.url);
		const chunkId = await importExample(client, chunkWorkflow());
		await client.activate(chunkId);
		batchId = await importExample(client, batchWorkflow('outage', chunkId, PROMPTS.length));
		await client.activate(batchId);
	});

	afterAll(async () => await queueMode.close());

	const outages: Array<[string, () => Promise<void>]> = [
		[
			'Redis is killed and comes back',
			async () => {
				await queueMode.redis.kill9();
				await rest(3000);
				await queueMode.redis.start();
				finishAll();
			},
		],
		[
			'main is killed and comes back after the videos are done',
			async () => {
				await queueMode.main.kill9();
				finishAll();
				await rest(5000);
				await queueMode.main.start();
				client = await connect(queueMode.main.url);
			},
		],
		[
			'the worker is told to stop before the videos are done',
			async () => {
				const stopping = queueMode.workers[0].stop();
				await rest(3000);
				finishAll();
				await stopping;
			},
		],
	];

	it.each(outages)(
		'goes on in the same execution when %s',
		async (_, happens) => {
			gmi.reset();
			gmi.configure({ durationMs: null });
			const earlier = (await client.executions(batchId)).length;
			await client.runWebhook('outage', { items: PROMPTS });
			const accepted = () => gmi.counters.view().accepted as number;
			await until('requests', 30, async () => accepted() === PROMPTS.length || undefined);

			await happens();

			const [{ id }, ...others] = await until('end', 60, async () => {
				const all = await client.executions(batchId);
				return all.length > earlier && all[0].status === 'success' ? all : undefined;
			});
			expect(others).toHaveLength(earlier);
			const videos = itemsOf(await client.execution(id), ALL_CHUNKS);
			expect(videos).toHaveLength(PROMPTS.length);
			expect(accepted()).toBe(PROMPTS.length);
			await expectWhole(client, videos);
		},
		120_000,
	);
});
