import { Cancelled, pause } from '../../../nodes/shared/flow/pause';
import { JobFailure } from '../../../nodes/shared/jobs/failure';
import { runTasks, type Task } from '../../../nodes/shared/jobs/runTasks';
import type { RequestRecord } from '../../../nodes/shared/queue/types';
import { pass, settle, useFakeClock } from '../../support/fakeClock';
import { FakeGmi } from '../../support/fakeGmi';
import { fault } from '../../support/fakeGmiJobs';
import { runJobs, type Content } from './runJobs';

const record = (id: string, status = 'processing'): RequestRecord => ({
	request_id: id,
	model: 'Veo3',
	status,
});

const scenes = (count: number): Content[] =>
	Array.from({ length: count }, (_, i) => ({ model: 'Veo3', payload: { prompt: `scene ${i}` } }));

type Act = (stop: AbortSignal, note: (known: RequestRecord) => void) => Promise<string>;

function tasksOf(acts: Act[]): (stop: AbortSignal) => Array<Task<string>> {
	return (stop) => acts.map((act, item) => ({ item, run: async (note) => await act(stop, note) }));
}

const after =
	(ms: number, result: string): Act =>
	async (stop) => {
		await pause(ms, stop);
		return result;
	};

const failsAfter =
	(ms: number, error: Error): Act =>
	async (stop) => {
		await pause(ms, stop);
		throw error;
	};

beforeEach(() => useFakeClock());
afterEach(() => jest.useRealTimers());

describe('runTasks', () => {
	const accepted = () => new Map<number, RequestRecord>();

	it('gives results in input order, whichever comes first', async () => {
		const plan = tasksOf([after(300, 'a'), after(100, 'b'), after(200, 'c')]);
		const { settled } = await settle(runTasks(plan, { stopAtFirst: true, accepted: accepted() }));
		expect(settled.map(({ result }) => result)).toEqual(['a', 'b', 'c']);
	});

	it('stops the others at the first bad end, and names it', async () => {
		const error = new Error('bad');
		const plan = tasksOf([after(60_000, 'a'), failsAfter(100, error), after(90_000, 'c')]);
		const started = Date.now();
		const run = runTasks(plan, { stopAtFirst: true, accepted: accepted() });
		const { settled, firstFailure } = await settle(run);
		expect(firstFailure).toEqual({ item: 1, error });
		expect(settled).toEqual([firstFailure]);
		expect(Date.now() - started).toBe(100);
	});

	it('waits for answers that are on their way, but not for long', async () => {
		const late: Act = async (_stop, note) => {
			await pause(5_000);
			note(record('late'));
			return 'late';
		};
		const never: Act = async () => await new Promise<string>(() => {});
		const plan = tasksOf([failsAfter(100, new Error('bad')), late, never]);
		const started = Date.now();
		const known = accepted();
		const result = await settle(runTasks(plan, { stopAtFirst: true, accepted: known }));
		expect(result.accepted).toEqual([{ item: 1, record: record('late') }]);
		expect(Date.now() - started).toBe(10_100);
	});

	it('goes on with the others when it is to', async () => {
		const plan = tasksOf([failsAfter(100, new Error('bad')), after(200, 'b')]);
		const { settled } = await settle(runTasks(plan, { stopAtFirst: false, accepted: accepted() }));
		expect(settled[0].error).toBeDefined();
		expect(settled[1].result).toBe('b');
	});

	it('notes the request of a bad end, and the last that is known of each', async () => {
		const failed = new JobFailure({ kind: 'failed', model: 'Veo3', record: record('x', 'failed') });
		const twice: Act = async (stop, note) => {
			note(record('y'));
			await pause(50, stop);
			note(record('y', 'success'));
			return 'y';
		};
		const plan = tasksOf([failsAfter(100, failed), twice]);
		const result = await settle(runTasks(plan, { stopAtFirst: false, accepted: accepted() }));
		expect(result.accepted).toEqual([
			{ item: 0, record: record('x', 'failed') },
			{ item: 1, record: record('y', 'success') },
		]);
	});

	it('is cancelled at once, also before it began and while it waits for last answers', async () => {
		const never: Act = async () => await new Promise<string>(() => {});
		const plan = tasksOf([failsAfter(5_000, new Error('bad')), never]);
		for (const ms of [0, 1_000, 8_000]) {
			const cancel = new AbortController();
			if (ms === 0) cancel.abort();
			const settings = { stopAtFirst: true, signal: cancel.signal, accepted: accepted() };
			const run = runTasks(plan, settings);
			run.catch(() => {});
			await pass(ms);
			cancel.abort();
			await expect(settle(run, 0)).rejects.toBeInstanceOf(Cancelled);
		}
	});
});

describe('a run that is cut short', () => {
	it('names what was accepted and what is not answered, and sends nothing more', async () => {
		const cancel = new AbortController();
		const queue = new FakeGmi({
			onSubmit: ({ nth }) => ({ answerAfterMs: nth <= 3 ? 100 : 60_000 }),
		});
		const node = { queue, contents: scenes(10), maxConcurrent: 3, signal: cancel.signal };
		const run = runJobs(node);
		await pass(1_000);
		cancel.abort();
		const { error, accepted, unanswered } = await settle(run, 0);
		expect(error).toBeInstanceOf(Cancelled);
		expect([...accepted.keys()]).toEqual([0, 1, 2]);
		expect([...unanswered]).toEqual([3, 4, 5]);
		await pass(120_000);
		expect(queue.calls.submit).toBe(6);
		expect(queue.looks).toBe(0);
	});

	it('at the first bad end: names the ids that came while it was ending', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ nth }) =>
				nth === 1
					? { fault: fault('noCredit', { status: 402 }) }
					: { answerAfterMs: nth === 2 ? 5_000 : 50_000 },
		});
		const result = await settle(runJobs({ queue, contents: scenes(3) }));
		expect(result.error).toMatchObject({ details: { kind: 'refused' } });
		expect(result.accepted.get(1)?.request_id).toBe(queue.jobs[0].id);
		expect([...result.unanswered]).toEqual([2]);
	});
});
