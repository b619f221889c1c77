import { settle, useFakeClock } from '../../support/fakeClock';
import { FakeGmi, shortId } from '../../support/fakeGmi';
import { fault } from '../../support/fakeGmiJobs';
import { failureOf, idsOf, runJobs, type Content } from './runJobs';

const boat: Content = { model: 'Veo3', payload: { prompt: 'a paper boat' } };
const many = (n: number, content = boat) => Array.from({ length: n }, () => content);

beforeEach(() => useFakeClock());
afterEach(() => jest.useRealTimers());

describe('a batch without faults', () => {
	it('sends each item once and gives the results in input order', async () => {
		const queue = new FakeGmi();
		const contents = Array.from({ length: 25 }, (_, i) => ({
			model: 'Veo3',
			payload: { prompt: `scene ${i}` },
		}));
		const result = await settle(runJobs({ queue, contents }));
		expect(queue.calls.submit).toBe(25);
		expect(queue.mostOpenSubmits).toBe(10);
		const prompts = idsOf(result).map(
			(id) => queue.jobs.find((job) => shortId(job.id) === id)?.payload.prompt,
		);
		expect(prompts).toEqual(contents.map(({ payload }) => payload.prompt));
	});
});

describe('an ambiguous end', () => {
	it.each(['noReply', 'server', 'unreadable'] as const)(
		'%s: adopts what GMI took, and does not send again',
		async (kind) => {
			const queue = new FakeGmi({
				onSubmit: () => ({ fault: fault(kind), accepted: true }),
			});
			const result = await settle(runJobs({ queue, contents: [boat] }));
			expect(idsOf(result)).toEqual(['r1']);
			expect(queue.calls.submit).toBe(1);
			expect(result.unanswered.size).toBe(0);
		},
	);

	it.each(['noReply', 'server', 'unreadable'] as const)(
		'%s: says so when the list does not show the request',
		async (kind) => {
			const queue = new FakeGmi({ onSubmit: () => ({ fault: fault(kind) }) });
			const result = await settle(runJobs({ queue, contents: [boat], continueOnFail: true }));
			expect(failureOf(result, 0)?.details).toMatchObject({ kind: 'uncertain', candidates: [] });
			expect(queue.calls.submit).toBe(1);
		},
	);

	it('of several identical items: each gets its own request', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ nth }) => (nth % 2 ? { fault: fault('server'), accepted: true } : {}),
		});
		const result = await settle(runJobs({ queue, contents: many(20), continueOnFail: true }));
		expect(new Set(idsOf(result)).size).toBe(20);
		expect(queue.jobs).toHaveLength(20);
	});
});
