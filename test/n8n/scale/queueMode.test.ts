import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import workflow from '../../../examples/submit-wait-status.json';
import { ALL_CHUNKS, batchWorkflow, chunkWorkflow, VIDEOS } from '../../support/batchWorkflows';
import { importExample, itemsOf } from '../../support/examples';
import { connect, report, sandbox, startQueueMode } from '../../support/n8n';
import { until } from '../../support/until';
import { expectWhole } from '../../support/wholeFiles';

type Client = Awaited<ReturnType<typeof connect>>;
type QueueMode = Awaited<ReturnType<typeof startQueueMode>>;
type N8n = QueueMode['main'];

/** As the sandbox keeps it. */
interface Request {
	id: string;
	status: string;
	payload: IDataObject;
}

const gmi = sandbox.sandbox;

/** A killed worker is noticed after about 20 seconds instead of n8n's 60 to 90, and half a minute of grace. */
const NOTICED_SOON = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

const BATCHES = ['Boats', 'Kites', 'Rain', 'Tea'];
const PROMPTS_EACH = 12;
const CHUNK_SIZE = 4;

const promptsOf = (batch: string) =>
	Array.from({ length: PROMPTS_EACH }, (_, index) => ({ prompt: `${batch}, take ${index + 1}` }));

const accepted = () => gmi.counters.view().accepted as number;
const requests = () => gmi.queue.jobs as Request[];

const requestIds = () =>
	requests()
		.map(({ id }) => id)
		.sort();
const idsOf = (items: INodeExecutionData[]) =>
	items.map(({ json }) => String(json.request_id)).sort();

/** Ends all requests under way. */
function finishAll(): void {
	for (const job of requests()) if (job.status !== 'success') gmi.queue.finish(job, 'success');
}

async function untilAccepted(count: number): Promise<void> {
	await until(`${count} requests`, 60, async () => accepted() >= count || undefined);
	expect(accepted()).toBe(count);
}

/** Ids of the executions a worker took from the queue since it was started. */
const takenBy = (worker: N8n) =>
	[...worker.log.matchAll(/Worker started execution (\d+) /g)].map(([, id]) => id);

const promptOf = (request: IDataObject) => String((request.payload as IDataObject).prompt);

async function deploy(client: Client, workflow: Parameters<typeof importExample>[1]) {
	const workflowId = await importExample(client, workflow);
	await client.activate(workflowId);
	return workflowId;
}

describe('queue mode', () => {
	let queueMode: QueueMode;
	let client: Client;

	beforeAll(async () => {
		gmi.reset();
		// Two executions at a time, so that four are spread over both workers for sure.
		const env = { ...NOTICED_SOON, N8N_CONCURRENCY_PRODUCTION_LIMIT: '2' };
		queueMode = await startQueueMode({ env });
		client = await connect(queueMode.main.url);
	});

	afterAll(async () => await queueMode.close());
	beforeEach(() => gmi.reset());

	it('brings every video once, each submitted once, when a worker is killed', async () => {
		gmi.configure({ durationMs: null });
		const chunkId = await deploy(client, chunkWorkflow());
		const batchId = await deploy(client, batchWorkflow('batch', chunkId, CHUNK_SIZE));
		const untilEnded = async (wanted: string, count: number, seconds: number) =>
			await until(`${count} executions with ${wanted}`, seconds, async () => {
				const all = (await client.executions(batchId)).filter(({ status }) => status === wanted);
				return all.length === count ? all.map(({ id }): string => id) : undefined;
			});
		const videosOf = async (ids: string[]) => {
			const executions = await Promise.all(ids.map(async (id) => await client.execution(id)));
			return executions.flatMap((execution) => itemsOf(execution, ALL_CHUNKS));
		};
		const run = async (batch: string) =>
			await client.runWebhook('batch', { items: promptsOf(batch) });

		for (const batch of BATCHES) await run(batch);
		await untilAccepted(BATCHES.length * CHUNK_SIZE);
		finishAll();
		await untilAccepted(BATCHES.length * CHUNK_SIZE * 2);
		const [victim, survivor] = queueMode.workers;
		const [lost, kept] = [takenBy(victim), takenBy(survivor)];
		expect([lost.length, kept.length]).toEqual([2, 2]);

		const killedAt = Date.now();
		await victim.kill9();
		gmi.configure({ durationMs: 500 });
		finishAll();
		const done = await untilEnded('success', kept.length, 60);
		expect(done.sort()).toEqual(kept.sort());
		const failed = await untilEnded('error', lost.length, 120);
		expect(failed.sort()).toEqual(lost.sort());
		const noticedSeconds = (Date.now() - killedAt) / 1000;

		// n8n marks the dead worker's sub-workflow executions once that worker is back.
		await victim.start();
		const crashed = await until('crashed executions', 30, async () => {
			const all = (await client.executions(chunkId)).filter(({ status }) => status === 'crashed');
			return all.length === lost.length ? all : undefined;
		});
		const before = accepted();
		for (const { id } of crashed) {
			await client.retryExecution(id);
			const retried = await until('retry', 60, async () =>
				(await client.executions(chunkId)).find(
					({ retryOf, status }) => retryOf === id && status === 'success',
				),
			);
			const items = itemsOf(await client.execution(retried.id), VIDEOS);
			expect(items).toHaveLength(CHUNK_SIZE);
			await expectWhole(client, items);
		}
		expect(accepted()).toBe(before);

		// What never came, sent again.
		const delivered = (await videosOf(done)).map(({ json }) => promptOf(json));
		const missing = BATCHES.filter(
			(batch) => !delivered.some((prompt) => prompt.startsWith(batch)),
		);
		for (const batch of missing) await run(batch);
		const videos = await videosOf(await untilEnded('success', BATCHES.length, 60));

		const wanted = BATCHES.flatMap(promptsOf).map(({ prompt }) => prompt);
		const submitted = requests().map(({ payload }) => payload.prompt);
		expect(submitted.sort()).toEqual(wanted.sort());
		expect(gmi.log.find({ endpoint: 'submit' })).toHaveLength(wanted.length);
		expect(idsOf(videos)).toEqual(requestIds());
		await expectWhole(client, videos);
		report('queue mode', { noticedSeconds, videos: videos.length, submits: accepted() });
	}, 300_000);

	describe('after the death of main and all workers', () => {
		let loopId: string;
		const withStatus = async (workflowId: string, wanted: string, seconds: number) =>
			await until(`${wanted} of ${workflowId}`, seconds, async () => {
				const all = await client.executions(workflowId);
				return all.find(({ status }): boolean => status === wanted);
			});
		const killAll = async () => {
			const { main, workers } = queueMode;
			await Promise.all([main, ...workers].map(async (n8n) => await n8n.kill9()));
			finishAll();
		};
		const videosOf = async (workflowId: string, node: string) => {
			const { id } = await withStatus(workflowId, 'success', 5);
			const items = itemsOf(await client.execution(id), node);
			// n8n leaves these in what it recovers, for nodes that had run before.
			return items.filter(({ json }) => !json.isArtificialRecoveredEventItem);
		};
		const expectOnce = async (videos: INodeExecutionData[], count: number) => {
			expect(idsOf(videos)).toEqual(requestIds());
			expect(gmi.log.find({ endpoint: 'submit' })).toHaveLength(count);
			await expectWhole(client, videos);
		};

		beforeEach(async () => {
			gmi.configure({ durationMs: null });
			loopId = await deploy(client, workflow);
			await client.runWebhook('submit-wait-status');
			await withStatus(loopId, 'waiting', 60);
			expect(accepted()).toBe(3);
		});

		afterEach(async () => await client.deactivate(loopId));

		it('brings every video once with Retry, when they come back', async () => {
			const chunkId = await deploy(client, chunkWorkflow());
			const batchId = await deploy(client, batchWorkflow('cut-off', chunkId, CHUNK_SIZE));
			await client.runWebhook('cut-off', { items: promptsOf('Snow').slice(0, CHUNK_SIZE) });
			await untilAccepted(3 + CHUNK_SIZE);

			await killAll();
			const { main, workers } = queueMode;
			await Promise.all([main, ...workers].map(async (n8n) => await n8n.start()));
			client = await connect(main.url);
			const retried: string[] = [];
			for (const workflowId of [batchId, loopId]) {
				await until(`success of ${workflowId}`, 180, async () => {
					const all = await client.executions(workflowId);
					const crashed = all.find(
						({ id, status }) => status === 'crashed' && !retried.includes(id),
					);
					if (crashed) {
						retried.push(crashed.id);
						await client.retryExecution(crashed.id);
					}
					return all.find(({ status }): boolean => status === 'success');
				});
			}
			report('Retry after the death of all', { retried: retried.length });

			const videos = await videosOf(batchId, ALL_CHUNKS);
			await expectOnce([...videos, ...(await videosOf(loopId, 'Videos ready'))], 3 + CHUNK_SIZE);
		}, 300_000);

		it('brings every video of Submit, Wait, Status by itself, when new workers come', async () => {
			await killAll();
			await Promise.all([queueMode.main.start(), queueMode.addWorker()]);
			client = await connect(queueMode.main.url);
			await withStatus(loopId, 'success', 180);

			await expectOnce(await videosOf(loopId, 'Videos ready'), 3);
			expect(await client.executions(loopId)).toHaveLength(1);
		}, 300_000);
	});
});
