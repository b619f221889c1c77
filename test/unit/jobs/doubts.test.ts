import type { IContextObject } from 'n8n-workflow';

import { pass, settle, useFakeClock } from '../../support/fakeClock';
import { FakeGmi } from '../../support/fakeGmi';
import { fault } from '../../support/fakeGmiJobs';
import { failureOf, idsOf, runJobs, type Content } from './runJobs';

const boat: Content = { model: 'Veo3', payload: { prompt: 'a paper boat' } };
const seededBoat: Content = { model: 'Veo3', payload: { prompt: 'a paper boat', seed: 1 } };
const kite: Content = { model: 'Veo3', payload: { prompt: 'a kite' } };

beforeEach(() => useFakeClock());
afterEach(() => jest.useRealTimers());

describe('a doubt while other submits are open', () => {
	it('leaves a request alone whose own submit was sent later and is still open', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ nth }) => {
				if (nth === 1) return { fault: fault('server'), accepted: true };
				if (nth <= 3) return { answerAfterMs: 500 };
				return { acceptAfterMs: 50, answerAfterMs: 40_000 };
			},
		});
		const contents = [boat, kite, kite, boat];
		const run = runJobs({ queue, contents, maxConcurrent: 2, continueOnFail: true });
		const ids = idsOf(await settle(run));
		expect(new Set(ids).size).toBe(4);
		expect(queue.jobs).toHaveLength(4);
	});

	it('leaves a request alone that holds more than was sent and is another open item’s', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ payload }) =>
				payload.seed === 1 ? { answerAfterMs: 30_000 } : { fault: fault('server') },
		});
		const contents = [boat, seededBoat];
		const result = await settle(runJobs({ queue, contents, continueOnFail: true }));
		expect(failureOf(result, 0)?.details.kind).toBe('uncertain');
		expect(idsOf(result)[1]).toBe('r1');
	});

	it('gives a request to the item it fits best when several are in doubt', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ payload }) => ({ fault: fault('server'), accepted: payload.seed === 1 }),
		});
		const contents = [boat, seededBoat];
		const result = await settle(runJobs({ queue, contents, continueOnFail: true }));
		expect(idsOf(result)).toEqual([undefined, 'r1']);
		expect(failureOf(result, 0)?.details.kind).toBe('uncertain');
	});

	it('leaves a request alone that another execution of this n8n is still submitting', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ nth }) =>
				nth === 1 ? { fault: fault('server') } : { acceptAfterMs: 50, answerAfterMs: 60_000 },
		});
		const first = runJobs({ queue, contents: [boat], continueOnFail: true });
		const second = runJobs({ queue, contents: [boat], continueOnFail: true });
		const results = await settle(Promise.all([first, second]));
		expect(failureOf(results[0], 0)?.details.kind).toBe('uncertain');
		expect(idsOf(results[1])).toEqual(['r1']);
	});

	it('leaves a request alone that another run had, also when that run has ended', async () => {
		const queue = new FakeGmi({
			onSubmit: ({ nth }) => (nth === 1 ? {} : { fault: fault('server') }),
		});
		const first = await settle(runJobs({ queue, contents: [boat], wait: false }));
		await pass(1_000);
		const second = await settle(
			runJobs({ queue, contents: [boat], wait: false, continueOnFail: true }),
		);
		expect(idsOf(first)).toEqual(['r1']);
		expect(failureOf(second, 0)?.details.kind).toBe('uncertain');
	});

	it('does not mistake a later request of another run for its own', async () => {
		const context: IContextObject = {};
		const queue = new FakeGmi({ onSubmit: () => ({ fault: fault('server') }) });
		await settle(runJobs({ queue, contents: [boat], context }));
		await pass(3_600_000);
		queue.add('Veo3', { prompt: 'a paper boat' });
		const again = await settle(runJobs({ queue, contents: [boat], context, continueOnFail: true }));
		expect(failureOf(again, 0)?.details.kind).toBe('uncertain');
	});
});

describe('a doubt and another n8n process', () => {
	it.each(['newest', 'oldest'] as const)(
		'takes the request of its own time, not an identical one of another worker, from a list with the %s first',
		async (order) => {
			const queue = new FakeGmi({
				order,
				onSubmit: () => ({ fault: fault('noReply'), accepted: true, answerAfterMs: 60_000 }),
			});
			const run = runJobs({ queue, contents: [boat] });
			await pass(20_000);
			queue.add(boat.model, boat.payload);
			expect(idsOf(await settle(run))).toEqual(['r1']);
		},
	);
});

describe('a doubt and a request that failed', () => {
	it('prefers the identical request that has not failed', async () => {
		const queue = new FakeGmi({
			order: 'oldest',
			course: ({ nth }) =>
				nth === 1
					? { queuedMs: 0, workMs: 0, end: 'failed' }
					: { queuedMs: 0, workMs: 20_000, end: 'success' },
			onSubmit: ({ nth }) =>
				nth === 1
					? { fault: fault('upstreamRefused'), accepted: true }
					: { fault: fault('server'), accepted: true },
		});
		const result = await settle(runJobs({ queue, contents: [boat, boat], continueOnFail: true }));
		expect(failureOf(result, 0)?.details.kind).toBe('refused');
		expect(idsOf(result)[1]).toBe('r2');
	});

	it('takes a failed one in the end when there is no other', async () => {
		const queue = new FakeGmi({
			course: () => ({ queuedMs: 0, workMs: 0, end: 'failed', reason: 'bad picture' }),
			onSubmit: () => ({ fault: fault('server'), accepted: true }),
		});
		const result = await settle(runJobs({ queue, contents: [boat], continueOnFail: true }));
		expect(failureOf(result, 0)?.details).toMatchObject({ kind: 'failed' });
		expect(failureOf(result, 0)?.requestId).toBe(queue.jobs[0].id);
	});
});

describe('a doubt and the clocks', () => {
	it.each([-3_600_000, -60_000, 0, 60_000, 3_600_000])(
		'finds the request though GMI’s clock is off by %d ms and that is not known at the submit',
		async (clockOffsetMs) => {
			const queue = new FakeGmi({
				clockOffsetMs,
				onSubmit: () => ({ fault: fault('noReply'), accepted: true, answerAfterMs: 300_000 }),
				course: () => ({ queuedMs: 1_000, workMs: 400_000, end: 'success' }),
			});
			const result = await settle(runJobs({ queue, contents: [boat] }));
			expect(idsOf(result)).toEqual(['r1']);
		},
	);

	it.each([0, 1_000, 5_000, 14_000])('finds the request in a list that lags %d ms', async (lag) => {
		const queue = new FakeGmi({
			listLagMs: lag,
			onSubmit: () => ({ fault: fault('server'), accepted: true }),
		});
		expect(idsOf(await settle(runJobs({ queue, contents: [boat] })))).toEqual(['r1']);
	});

	it('keeps looking while the list cannot be had', async () => {
		const started = Date.now();
		const queue = new FakeGmi({
			onSubmit: () => ({ fault: fault('server'), accepted: true }),
			onRead: ({ at }) => (at - started < 40_000 ? fault('server') : undefined),
		});
		expect(idsOf(await settle(runJobs({ queue, contents: [boat] })))).toEqual(['r1']);
	});
});

describe('a doubt and the echo', () => {
	it.each(['empty', 'none'] as const)('%s: names what may be it', async (echo) => {
		const queue = new FakeGmi({
			echo: () => echo,
			onSubmit: () => ({ fault: fault('server'), accepted: true }),
		});
		const result = await settle(runJobs({ queue, contents: [boat], continueOnFail: true }));
		expect(failureOf(result, 0)?.details).toMatchObject({
			kind: 'uncertain',
			candidates: [queue.jobs[0].id],
		});
	});

	it('does not name requests that turned out to be another item’s', async () => {
		const queue = new FakeGmi({
			echo: () => 'empty',
			onSubmit: ({ nth }) =>
				nth === 1 ? { fault: fault('server') } : { acceptAfterMs: 50, answerAfterMs: 14_000 },
		});
		const contents = [boat, kite];
		const result = await settle(runJobs({ queue, contents, continueOnFail: true }));
		expect(failureOf(result, 0)?.details).toMatchObject({ kind: 'uncertain', candidates: [] });
	});

	it.each(['added', 'cut'] as const)('%s: recognizes its request', async (echo) => {
		const queue = new FakeGmi({
			echo: () => echo,
			onSubmit: () => ({ fault: fault('server'), accepted: true }),
		});
		const image = `data:image/png;base64,${'A'.repeat(5_000)}`;
		const contents = [{ model: 'Veo3', payload: { prompt: 'a paper boat', image } }];
		expect(idsOf(await settle(runJobs({ queue, contents })))).toEqual(['r1']);
	});

	it('asks for the details when the list leaves the payload out', async () => {
		const queue = new FakeGmi({
			listsPayload: false,
			onSubmit: () => ({ fault: fault('server'), accepted: true }),
		});
		expect(idsOf(await settle(runJobs({ queue, contents: [boat] })))).toEqual(['r1']);
	});
});
