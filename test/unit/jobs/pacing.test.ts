import { checkInterval } from '../../../nodes/shared/jobs/checkInterval';
import { pass, settle, useFakeClock } from '../../support/fakeClock';
import { FakeGmi, type FakeGmiOptions, type SubmitCall } from '../../support/fakeGmi';
import { fault } from '../../support/fakeGmiJobs';
import { failureOf, idsOf, runJobs, type Content } from './runJobs';

const scenes = (count: number, model = 'Veo3'): Content[] =>
	Array.from({ length: count }, (_, i) => ({ model, payload: { prompt: `scene ${i}` } }));

/** GMI takes so many submits of a model a minute, and refuses the others. */
function limited(perMinute: number, model: string, tells: boolean): Partial<FakeGmiOptions> {
	const taken: number[] = [];
	return {
		onSubmit: (call) => {
			if (call.model !== model) return {};
			while (taken.length > 0 && taken[0] <= call.at - 60_000) taken.shift();
			if (taken.length < perMinute) {
				taken.push(call.at);
				return {};
			}
			const retryAfterMs = tells ? taken[0] + 60_000 - call.at : undefined;
			return { fault: fault('rateLimited', { status: 429, retryAfterMs }) };
		},
	};
}

const timesOf = (calls: SubmitCall[], model: string) =>
	calls.filter((call) => call.model === model).map(({ at }) => at);

beforeEach(() => useFakeClock());
afterEach(() => jest.useRealTimers());

describe('a refusal for load', () => {
	it.each(['rateLimited', 'capacity'] as const)('%s: is sent again until taken', async (kind) => {
		const queue = new FakeGmi({ onSubmit: ({ nth }) => (nth < 4 ? { fault: fault(kind) } : {}) });
		const result = await settle(runJobs({ queue, contents: scenes(1) }));
		expect(idsOf(result)).toEqual(['r1']);
		expect(queue.calls.submit).toBe(4);
	});

	it('waits as long as GMI asks, and hardly longer', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ nth }) =>
				nth === 1 ? { fault: fault('rateLimited', { retryAfterMs: 29_970 }) } : {},
		});
		await settle(runJobs({ queue, contents: scenes(1) }));
		const [first, second] = timesOf(queue.submits, 'Veo3');
		expect(second - first).toBeGreaterThanOrEqual(29_970);
		expect(second - first).toBeLessThan(31_000);
	});

	it('waits longer each time when GMI does not say how long', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ nth }) => (nth < 8 ? { fault: fault('capacity') } : {}),
		});
		await settle(runJobs({ queue, contents: scenes(1) }));
		const times = timesOf(queue.submits, 'Veo3');
		const gaps = times.slice(1).map((at, i) => at - times[i]);
		expect(gaps[0]).toBeLessThan(2_500);
		expect(gaps[6]).toBeGreaterThan(29_000);
		expect(gaps[6]).toBeLessThan(61_000);
	});

	it('counts once when the whole batch is refused together', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ nth }) => (nth <= 10 ? { fault: fault('capacity') } : {}),
		});
		const started = Date.now();
		await settle(runJobs({ queue, contents: scenes(10), wait: false }));
		expect(queue.calls.submit).toBe(20);
		expect(Date.now() - started).toBeLessThan(5_000);
	});

	it.each([true, false])('keeps a batch within a tight limit; told the time: %s', async (tells) => {
		const queue = new FakeGmi(limited(2, 'Veo3', tells));
		const result = await settle(runJobs({ queue, contents: scenes(20), wait: false }));
		expect(new Set(idsOf(result)).size).toBe(20);
		// The first ten go together; after that GMI is asked about once for each acceptance.
		expect(queue.calls.submit).toBeLessThan(tells ? 50 : 80);
	});

	it('holds up its own model only, and takes no slot from the others', async () => {
		const queue = new FakeGmi(limited(1, 'slow', true));
		const contents = [...scenes(12, 'slow'), ...scenes(40, 'Veo3')];
		const run = runJobs({ queue, contents, maxConcurrent: 10, wait: false });
		await pass(1_500);
		expect(timesOf(queue.submits, 'Veo3')).toHaveLength(40);
		await settle(run);
		expect(queue.mostOpenSubmits).toBe(10);
		expect(queue.jobs).toHaveLength(52);
	});
});

describe('a model that takes nothing', () => {
	it('is given up at the time limit', async () => {
		const queue = new FakeGmi({ onSubmit: () => ({ fault: fault('capacity') }) });
		const started = Date.now();
		const node = { queue, contents: scenes(3), timeoutMs: 600_000, continueOnFail: true };
		const result = await settle(runJobs(node));
		expect(failureOf(result, 2)?.details).toMatchObject({
			kind: 'overloaded',
			fault: { kind: 'capacity' },
		});
		expect(Date.now() - started).toBeGreaterThan(540_000);
		expect(Date.now() - started).toBeLessThan(665_000);
	});

	it('is given up at once when GMI asks for more time than there is', async () => {
		const queue = new FakeGmi({
			onSubmit: () => ({ fault: fault('rateLimited', { retryAfterMs: 3_600_000 }) }),
		});
		const started = Date.now();
		const contents = scenes(20);
		const result = await settle(runJobs({ queue, contents, continueOnFail: true }));
		expect(failureOf(result, 19)?.details.kind).toBe('overloaded');
		expect(Date.now() - started).toBeLessThan(1_000);
		expect(queue.calls.submit).toBe(10);
	});

	it('is not given up for the time its items waited for slots', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ model, nth }) => {
				if (model === 'sync') return { answerAfterMs: 280_000 };
				return nth === 3 ? { fault: fault('rateLimited', { retryAfterMs: 1_000 }) } : {};
			},
		});
		const contents = [...scenes(2, 'sync'), ...scenes(1, 'Veo3')];
		const node = { queue, contents, maxConcurrent: 1, timeoutMs: 300_000, wait: false };
		expect(idsOf(await settle(runJobs(node)))).toEqual(['r1', 'r2', 'r3']);
	});
});

describe('the interval between looks', () => {
	it('is a tenth of the age, at least 2 s, at most 15 s, jittered downwards', () => {
		const ages = [0, 10_000, 50_000, 100_000, 1_000_000];
		const at = (random: number) => ages.map((age) => checkInterval(age, 0, () => random));
		expect(at(0)).toEqual([2_000, 2_000, 5_000, 10_000, 15_000]);
		expect(at(1)).toEqual([2_000, 2_000, 4_500, 9_000, 13_500]);
	});

	it('is the user’s own when there is one', () => {
		expect(checkInterval(1_000_000, 3_000)).toBe(3_000);
	});
});
