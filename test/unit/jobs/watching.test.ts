import { STALLED_AFTER_MS } from '../../../nodes/shared/jobs/openJob';
import { OUTAGE_PATIENCE_MS } from '../../../nodes/shared/jobs/outage';
import { Watcher } from '../../../nodes/shared/jobs/watch';
import type { WatchSettings } from '../../../nodes/shared/jobs/modelWatch';
import type { GmiFault } from '../../../nodes/shared/queue/fault';
import type { RequestRecord } from '../../../nodes/shared/queue/types';
import { pass, settle, useFakeClock } from '../../support/fakeClock';
import { FakeGmi, type FakeGmiOptions } from '../../support/fakeGmi';
import { fault, recordOf, shortRecordOf, type FakeJob } from '../../support/fakeGmiJobs';

const MINUTE = 60_000;

function watcherOf(queue: FakeGmi, settings: Partial<WatchSettings> = {}): Watcher {
	return new Watcher(queue, { intervalMs: 0, timeoutMs: 30 * MINUTE, ...settings });
}

function jobsOf(queue: FakeGmi, count: number, model = 'Veo3'): FakeJob[] {
	return Array.from({ length: count }, (_, i) => queue.add(model, { prompt: `scene ${i}` }));
}

async function watch(watcher: Watcher, job: FakeJob): Promise<RequestRecord> {
	return await watcher.watch(shortRecordOf(job, Date.now(), 0), Date.now());
}

async function watchAll(
	queue: FakeGmi,
	jobs: FakeJob[],
	settings: Partial<WatchSettings> = {},
): Promise<string[]> {
	const watcher = watcherOf(queue, settings);
	const ends = await settle(Promise.all(jobs.map(async (job) => await watch(watcher, job))));
	return ends.map(({ status }) => status);
}

/** GMI fails at every look from one time to another, in milliseconds from now. */
function failing(problem: GmiFault, fromMs = 0, untilMs = Infinity): Partial<FakeGmiOptions> {
	const now = Date.now();
	return {
		onRead: ({ at }) => (at >= now + fromMs && at < now + untilMs ? problem : undefined),
	};
}

beforeEach(() => useFakeClock());
afterEach(() => jest.useRealTimers());

describe('the end of a request', () => {
	it('is there at once when the record has ended already', async () => {
		const queue = new FakeGmi({ course: () => ({ queuedMs: 0, workMs: 0, end: 'failed' }) });
		expect(await watchAll(queue, jobsOf(queue, 1))).toEqual(['failed']);
		expect(queue.looks).toBe(0);
	});

	it('takes one more call when the success came without its outcome', async () => {
		const queue = new FakeGmi({ course: () => ({ queuedMs: 0, workMs: 0, end: 'success' }) });
		const end = await settle(watch(watcherOf(queue), jobsOf(queue, 1)[0]), 500);
		expect(end.outcome).toHaveProperty('video_url');
		expect(queue.calls).toMatchObject({ get: 1, list: 0 });
	});

	it('takes one more call for each when the list leaves the outcome out', async () => {
		const queue = new FakeGmi({ listsOutcome: false });
		const watcher = watcherOf(queue);
		const jobs = jobsOf(queue, 8);
		const ends = await settle(Promise.all(jobs.map(async (job) => await watch(watcher, job))));
		expect(ends.every(({ outcome }) => outcome?.video_url)).toBe(true);
		expect(queue.calls.get).toBe(8);
	});

	it('is a success without outcome when GMI keeps it to itself', async () => {
		const queue = new FakeGmi();
		const [job] = jobsOf(queue, 1);
		queue.getRequest = async () =>
			await Promise.resolve({ ...shortRecordOf(job, Date.now(), 0), outcome: {} });
		const end = await settle(watch(watcherOf(queue), job));
		expect(end).toMatchObject({ status: 'success', outcome: {} });
	});

	it('is followed by no sleep', async () => {
		const queue = new FakeGmi({ course: () => ({ queuedMs: 0, workMs: 3_900, end: 'success' }) });
		const started = Date.now();
		await watchAll(queue, jobsOf(queue, 1));
		expect(Date.now() - started).toBeLessThan(4_400);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('comes to everyone who watches the same request', async () => {
		const queue = new FakeGmi();
		const [job] = jobsOf(queue, 1);
		expect(await watchAll(queue, [job, job])).toEqual(['success', 'success']);
		expect(queue.looks).toBeLessThan(12);
	});
});

describe('a request that joins later', () => {
	it('is looked at soon though the others are old', async () => {
		const queue = new FakeGmi({
			course: ({ nth }) => ({ queuedMs: 0, workMs: nth === 1 ? 900_000 : 3_000, end: 'success' }),
		});
		const watcher = watcherOf(queue);
		void watch(watcher, jobsOf(queue, 1)[0]);
		await pass(400_000);
		const started = Date.now();
		await settle(watch(watcher, jobsOf(queue, 1)[0]));
		expect(Date.now() - started).toBeLessThan(6_000);
	});

	it('starts no second loop beside one that is about to end', async () => {
		const queue = new FakeGmi({ course: () => ({ queuedMs: 0, workMs: 3_000, end: 'success' }) });
		const watcher = watcherOf(queue);
		const one = async () => await watch(watcher, queue.add('Veo3', { prompt: 'a kite' }));
		let chain = one();
		for (let i = 0; i < 5; i++) chain = chain.then(one);
		await settle(chain);
		expect(queue.looks).toBeLessThanOrEqual(12);
	});
});

describe('the time limit', () => {
	it('ends the wait with a last look at that time, and not later', async () => {
		const queue = new FakeGmi({
			course: () => ({ queuedMs: 0, workMs: 10 * MINUTE, end: 'success' }),
		});
		const [job] = jobsOf(queue, 1);
		const started = Date.now();
		const run = watchAll(queue, [job], { timeoutMs: 100_000 });
		await expect(run).rejects.toMatchObject({
			details: { kind: 'timedOut', record: { request_id: job.id, status: 'processing' } },
		});
		expect(Date.now() - started).toBe(100_100);
	});

	it('still takes a success that comes with the last look', async () => {
		const queue = new FakeGmi({
			course: () => ({ queuedMs: 0, workMs: 100_050, end: 'success' }),
		});
		const settings = { timeoutMs: 100_000, intervalMs: 60_000 };
		expect(await watchAll(queue, jobsOf(queue, 1), settings)).toEqual(['success']);
	});

	it('says stalled of a request that was never touched, and tells once before', async () => {
		const queue = new FakeGmi({
			course: () => ({ queuedMs: Infinity, workMs: 0, end: 'success' }),
		});
		const told: number[] = [];
		const started = Date.now();
		const onStalled = () => told.push(Date.now() - started);
		const run = watchAll(queue, jobsOf(queue, 1), { timeoutMs: 20 * MINUTE, onStalled });
		await expect(run).rejects.toMatchObject({ details: { kind: 'stalled' } });
		expect(told).toHaveLength(1);
		expect(told[0]).toBeGreaterThanOrEqual(STALLED_AFTER_MS);
		expect(told[0]).toBeLessThan(STALLED_AFTER_MS + 20_000);
	});
});

describe('trouble while watching', () => {
	it.each(['server', 'noReply', 'unreadable', 'rateLimited', 'blocked'] as const)(
		'%s: rides it out for minutes',
		async (kind) => {
			const queue = new FakeGmi(failing(fault(kind), 2_000, OUTAGE_PATIENCE_MS - 20_000));
			expect(await watchAll(queue, jobsOf(queue, 3))).toEqual(['success', 'success', 'success']);
		},
	);

	it('gives up after the stated time, with the request in hand', async () => {
		const queue = new FakeGmi(failing(fault('server')));
		const started = Date.now();
		const [job] = jobsOf(queue, 1);
		await expect(watchAll(queue, [job])).rejects.toMatchObject({
			details: { kind: 'unwatchable', record: { request_id: job.id }, fault: { kind: 'server' } },
		});
		const took = Date.now() - started;
		expect(took).toBeGreaterThanOrEqual(OUTAGE_PATIENCE_MS);
		expect(took).toBeLessThan(OUTAGE_PATIENCE_MS + 30_000);
	});

	it.each(['badKey', 'forbidden'] as const)('%s: believed the third time', async (kind) => {
		const queue = new FakeGmi(failing(fault(kind, { status: 401 })));
		await expect(watchAll(queue, jobsOf(queue, 1))).rejects.toMatchObject({
			details: { kind: 'unwatchable', fault: { kind } },
		});
		expect(queue.looks).toBe(3);
	});

	it('badKey: forgotten when the next look is answered', async () => {
		const queue = new FakeGmi({
			onRead: ({ nth }) => (nth % 3 ? fault('badKey', { status: 401 }) : undefined),
		});
		expect(await watchAll(queue, jobsOf(queue, 1))).toEqual(['success']);
	});

	it('an id that GMI does not know: believed the third time, the others go on', async () => {
		const queue = new FakeGmi();
		const jobs = jobsOf(queue, 2);
		const [lost, good] = jobs;
		const watcher = watcherOf(queue);
		const ends = Promise.allSettled(jobs.map(async (job) => await watch(watcher, job)));
		queue.jobs.splice(queue.jobs.indexOf(lost), 1);
		const [first, second] = await settle(ends);
		expect(first).toMatchObject({
			status: 'rejected',
			reason: { details: { kind: 'unwatchable', fault: { kind: 'notFound' } } },
		});
		expect(second).toMatchObject({ value: { request_id: good.id, status: 'success' } });
	});

	it('rests as long as GMI asks when the checks come too often', async () => {
		const queue = new FakeGmi({
			onRead: ({ nth }) => (nth === 1 ? fault('rateLimited', { retryAfterMs: 45_000 }) : undefined),
		});
		const started = Date.now();
		await watchAll(queue, jobsOf(queue, 1));
		expect(queue.looks).toBe(2);
		expect(Date.now() - started).toBeGreaterThan(47_000);
	});
});

describe('several models and cancelling', () => {
	it('watches each model through its own list', async () => {
		const queue = new FakeGmi();
		const jobs = [...jobsOf(queue, 5), ...jobsOf(queue, 5, 'sora-2')];
		expect(new Set(await watchAll(queue, jobs))).toEqual(new Set(['success']));
		expect(queue.calls.get).toBeLessThanOrEqual(2);
	});

	it('ends at once when cancelled, and asks no more', async () => {
		const cancel = new AbortController();
		const queue = new FakeGmi();
		const watcher = watcherOf(queue, { signal: cancel.signal });
		const jobs = [...jobsOf(queue, 5), ...jobsOf(queue, 1, 'sora-2')];
		const ends = Promise.allSettled(jobs.map(async (job) => await watch(watcher, job)));
		await pass(5_000);
		const { looks } = queue;
		cancel.abort();
		const results = await settle(ends, 500);
		expect(results.every(({ status }) => status === 'rejected')).toBe(true);
		await pass(60_000);
		expect(queue.looks).toBe(looks);
	});

	it('goes by the record of a details call that says more', async () => {
		const queue = new FakeGmi();
		const [job] = jobsOf(queue, 1);
		const end = await settle(watch(watcherOf(queue), job));
		expect(end).toEqual(recordOf(job, Date.now(), 0, 'complete'));
	});
});
