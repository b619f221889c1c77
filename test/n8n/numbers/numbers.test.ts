import { median, prompts, spread } from '../../support/batches';
import { deployHandBuiltLoop } from '../../support/handBuilt';
import { client, memory, n8n, ownNode, report, run, sandbox } from '../../support/n8n';
import { builtInNode } from '../../support/workflows';

const MODEL = 'vidu-q3-pro-t2v';
const MIB = 1024 * 1024;
const SECOND = 1_000;

const box = sandbox.sandbox;

function generate(parameters = {}) {
	return ownNode('gmiVideo', {
		resource: 'video',
		operation: 'generate',
		model: { __rl: true, mode: 'id', value: MODEL },
		prompt: '={{ $json.prompt }}',
		...parameters,
	});
}

function prepare(settings: object): void {
	box.reset();
	box.configure({ defaultSize: '320x180', defaultSeconds: 2, ...settings });
}

function statusCalls(): number {
	const { get = 0, list = 0 } = box.counters.view().calls;
	return get + list;
}

/** Runs one batch; the ratio is the node's time over the slowest job's. */
async function measure(durations: number[]) {
	prepare({ durationList: [...durations] });
	const { items, execution } = await run(await generate(), prompts(durations.length));
	const [task] = execution.data.resultData.runData['Under test'];
	return {
		ratio: task.executionTime / Math.max(...durations),
		calls: statusCalls(),
		submits: box.counters.view().calls.submit,
		prompts: items.map(({ json }) => (json.payload as { prompt: string }).prompt),
		files: items.filter(({ binary }) => binary?.data).length,
	};
}

/** The same jobs through the loop people build by hand. */
async function measureByHand(durations: number[]) {
	prepare({ durationList: [...durations] });
	const { workflowId, path } = await deployHandBuiltLoop(MODEL);
	const startedAt = Date.now();
	await client.runWebhook(path, { items: prompts(durations.length) });
	await client.lastExecution(workflowId, 120);
	const ratio = (Date.now() - startedAt) / Math.max(...durations);
	await client.deactivate(workflowId);
	return { ratio, calls: statusCalls() };
}

/** Bytes a run adds to n8n's memory at its peak. */
async function growthDuring<T>(work: () => Promise<T>): Promise<{ growth: number; result: T }> {
	memory.resetPeak(n8n.pid);
	const idle = memory.peak(n8n.pid);
	const result = await work();
	return { growth: memory.peak(n8n.pid) - idle, result };
}

describe('in one run with the loop built by hand', () => {
	it('takes 20 jobs of 12 to 24 s in at most 1.10 × the slowest and 25 status calls', async () => {
		const durations = spread(20, 12 * SECOND, 24 * SECOND);
		const byHand = await measureByHand(durations);
		const runs = [];
		for (let i = 0; i < 3; i++) runs.push(await measure(durations));
		const ratio = median(runs.map((one) => one.ratio));
		report('20 jobs of 12 to 24 s', {
			byHand,
			runs: runs.map(({ ratio: r, calls }) => ({ r, calls })),
		});

		for (const { calls, submits, prompts: out, files } of runs) {
			expect(calls).toBeLessThanOrEqual(25);
			expect(submits).toBe(20);
			expect(out).toEqual(prompts(20).map(({ prompt }) => prompt));
			expect(files).toBe(20);
		}
		expect(ratio).toBeLessThanOrEqual(1.1);
	}, 240_000);

	it('takes one job of 12 s in at most 1.20 × its time', async () => {
		const byHand = await measureByHand([12 * SECOND]);
		const { ratio, calls } = await measure([12 * SECOND]);
		report('one job of 12 s', { byHand, ratio, calls });
		expect(ratio).toBeLessThanOrEqual(1.2);
	}, 120_000);
});

it('takes 1,000 jobs in 250 status calls, 10 submits at a time and 200 MB', async () => {
	const node = await generate();
	const growths: number[] = [];
	for (let i = 0; i < 3; i++) {
		prepare({ durationMs: [18 * SECOND, 22 * SECOND] });
		const { growth, result } = await growthDuring(async () => await run(node, prompts(1_000)));
		const { maxConcurrent, calls } = box.counters.view();
		const status = statusCalls();
		const [task] = result.execution.data.resultData.runData['Under test'];
		const seconds = task.executionTime / SECOND;
		report('1,000 jobs of about 20 s', { growthMiB: growth / MIB, seconds, status, maxConcurrent });

		expect(result.items).toHaveLength(1_000);
		expect(calls.submit).toBe(1_000);
		expect(status).toBeLessThanOrEqual(250);
		expect(maxConcurrent.submit).toBeLessThanOrEqual(10);
		growths.push(growth);
	}
	expect(median(growths)).toBeLessThanOrEqual(200 * MIB);
}, 400_000);

it('brings 1 GiB with at most 64 MB of memory, at 0.7 × the rate of HTTP Request or more', async () => {
	const fetchOnly = async (node: Parameters<typeof run>[0], item: object) => {
		const { growth, result } = await growthDuring(async () => await run(node, [item]));
		const [task] = result.execution.data.resultData.runData['Under test'];
		expect(result.items[0].binary?.data.fileSize).toBe('1.07 GB');
		return { growth, ms: task.executionTime };
	};
	prepare({ durationMs: 100, artifactBytes: 1024 * MIB });
	const made = await run(await generate({ downloadOutput: false }), prompts(1));
	const { request_id: requestId, artifacts } = made.items[0].json;
	const [{ url }] = artifacts as Array<{ url: string }>;

	const http = builtInNode('Under test', 'n8n-nodes-base.httpRequest', 4.2, {
		url,
		options: { response: { response: { responseFormat: 'file' } } },
	});
	const download = await ownNode('gmiVideo', { operation: 'download', requestId });
	// In turns, each pair compared: the disk slows down and recovers as it fills its cache.
	const theirs: Array<{ growth: number; ms: number }> = [];
	const ours: typeof theirs = [];
	for (let i = 0; i < 3; i++) {
		theirs.push(await fetchOnly(http, {}));
		ours.push(await fetchOnly(download, {}));
	}
	const rate = median(theirs.map(({ ms }, i) => ms / ours[i].ms));
	report('1 GiB', { theirs, ours, rate });

	expect(rate).toBeGreaterThanOrEqual(0.7);
	expect(median(ours.map(({ growth }) => growth))).toBeLessThanOrEqual(64 * MIB);
}, 240_000);
