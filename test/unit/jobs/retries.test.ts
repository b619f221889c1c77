import type { IContextObject } from 'n8n-workflow';

import { pass, settle, useFakeClock } from '../../support/fakeClock';
import { FakeGmi, type SubmitCall, type SubmitPlan } from '../../support/fakeGmi';
import { fault } from '../../support/fakeGmiJobs';
import { failureOf, idsOf, runJobs, type Content } from './runJobs';

const boat: Content = { model: 'Veo3', payload: { prompt: 'a paper boat' } };
const kite: Content = { model: 'Veo3', payload: { prompt: 'a kite' } };
const bad: Content = { model: 'Veo3', payload: { prompt: 'bad' } };

const refuseBad = (call: SubmitCall): SubmitPlan =>
	call.payload.prompt === 'bad' && call.nth < 10 ? { fault: fault('invalid') } : {};

beforeEach(() => useFakeClock());
afterEach(() => jest.useRealTimers());

describe('Retry On Fail', () => {
	it('adopts what the first try got accepted', async () => {
		const context: IContextObject = {};
		const queue = new FakeGmi({ onSubmit: refuseBad });
		const contents = [boat, kite, bad, boat];
		const first = await settle(runJobs({ queue, contents, context }));
		expect(first.error).toMatchObject({ details: { kind: 'refused' } });
		expect(first.accepted.size).toBe(3);
		await pass(1_000);
		const again = await settle(runJobs({ queue, contents, context, continueOnFail: true }));
		expect(queue.jobs).toHaveLength(3);
		expect(new Set([0, 1, 3].map((item) => idsOf(again)[item])).size).toBe(3);
	});

	it('gives each of several identical items its own, with one of them in doubt', async () => {
		const context: IContextObject = {};
		let lists = false;
		const queue = new FakeGmi({
			latencyMs: 3_000,
			onSubmit: ({ nth }) => (nth === 2 ? { fault: fault('server'), accepted: true } : {}),
			onRead: ({ kind }) => (kind === 'list' && !lists ? fault('server') : undefined),
		});
		const contents = [boat, boat, boat];
		const first = await settle(runJobs({ queue, contents, context }));
		expect(first.error).toMatchObject({ details: { kind: 'uncertain' } });
		lists = true;
		const again = await settle(runJobs({ queue, contents, context }));
		expect(new Set(idsOf(again)).size).toBe(3);
		expect(queue.jobs).toHaveLength(3);
	});

	it.each([
		['accepts it', {}, 'r1'],
		['refuses it', { fault: fault('invalid') }, 'r1'],
		['accepts it without saying so', { fault: fault('server'), accepted: true }, 'r1'],
	] as const)('waits for a call left open by the first try: GMI %s', async (_case, plan, id) => {
		const context: IContextObject = {};
		let badOnes = 0;
		const queue = new FakeGmi({
			onSubmit: ({ nth, payload }) => {
				if (payload.prompt === 'bad') return badOnes++ ? {} : { fault: fault('invalid') };
				return nth <= 2 ? { ...plan, acceptAfterMs: 200, answerAfterMs: 60_000 } : {};
			},
		});
		const contents = [boat, bad];
		const first = await settle(runJobs({ queue, contents, context }));
		expect([...first.unanswered]).toEqual([0]);
		const again = await settle(runJobs({ queue, contents, context, continueOnFail: true }));
		expect(idsOf(again)).toContain(id);
		expect(failureOf(again, 0)).toBeUndefined();
		expect(queue.jobsLike('Veo3', boat.payload)).toHaveLength(1);
		expect(again.unanswered.size).toBe(0);
	});

	it('finds a request that the list did not show in time for the first try', async () => {
		const context: IContextObject = {};
		const queue = new FakeGmi({
			listLagMs: 60_000,
			onSubmit: () => ({ fault: fault('server'), accepted: true }),
		});
		const first = await settle(runJobs({ queue, contents: [boat], context }));
		expect(first.error).toMatchObject({ details: { kind: 'uncertain' } });
		await pass(60_000);
		expect(idsOf(await settle(runJobs({ queue, contents: [boat], context })))).toEqual(['r1']);
		expect(queue.calls.submit).toBe(1);
	});

	it('does not send again what stays in doubt', async () => {
		const context: IContextObject = {};
		const queue = new FakeGmi({ onSubmit: () => ({ fault: fault('server') }) });
		await settle(runJobs({ queue, contents: [boat], context }));
		const again = await settle(runJobs({ queue, contents: [boat], context }));
		expect(again.error).toMatchObject({ details: { kind: 'uncertain' } });
		expect(queue.calls.submit).toBe(1);
	});

	it('sends anew what failed at GMI', async () => {
		const context: IContextObject = {};
		const queue = new FakeGmi({
			course: ({ nth }) => ({ queuedMs: 0, workMs: 5_000, end: nth === 1 ? 'failed' : 'success' }),
		});
		await settle(runJobs({ queue, contents: [boat], context }));
		const again = await settle(runJobs({ queue, contents: [boat], context }));
		expect(idsOf(again)).toEqual(['r2']);
		expect(queue.calls.submit).toBe(2);
	});

	it('sends an item anew whose content has changed', async () => {
		const context: IContextObject = {};
		const queue = new FakeGmi({ onSubmit: refuseBad });
		await settle(runJobs({ queue, contents: [boat, bad], context }));
		const again = await settle(runJobs({ queue, contents: [kite], context }));
		expect(idsOf(again)).toEqual(['r2']);
	});

	it('keeps a request’s id when GMI cannot be asked about it before the retry stops', async () => {
		const context: IContextObject = {};
		let down = false;
		const queue = new FakeGmi({
			onSubmit: refuseBad,
			onRead: () => (down ? fault('server') : undefined),
		});
		await settle(runJobs({ queue, contents: [boat, bad], context }));
		down = true;
		const again = await settle(runJobs({ queue, contents: [boat, bad], context }));
		expect(again.error).toMatchObject({ details: { kind: 'refused' } });
		expect(again.accepted.get(0)?.request_id).toBe(queue.jobs[0].id);
	});

	it('counts as unanswered what a cancelled retry could not settle', async () => {
		const context: IContextObject = {};
		const queue = new FakeGmi({ onSubmit: () => ({ fault: fault('server') }) });
		await settle(runJobs({ queue, contents: [boat], context }));
		const cancel = new AbortController();
		const retry = runJobs({ queue, contents: [boat], context, signal: cancel.signal });
		await pass(500);
		cancel.abort();
		expect([...(await settle(retry, 0)).unanswered]).toEqual([0]);
	});
});

describe('a loop', () => {
	it('keeps its runs apart', async () => {
		const context: IContextObject = {};
		const queue = new FakeGmi({ onSubmit: refuseBad });
		await settle(runJobs({ queue, contents: [boat, bad], context, runIndex: 0 }));
		const next = await settle(runJobs({ queue, contents: [boat], context, runIndex: 1 }));
		expect(idsOf(next)).toEqual(['r2']);
	});

	it('forgets a run that is complete', async () => {
		const context: IContextObject = {};
		const queue = new FakeGmi();
		await settle(runJobs({ queue, contents: [boat], context }));
		expect(context.gmiSubmits).toEqual({});
		const again = await settle(runJobs({ queue, contents: [boat], context }));
		expect(idsOf(again)).toEqual(['r2']);
	});
});

describe('Reuse Within', () => {
	const reuseWithinMs = 600_000;

	it('takes a recent identical request that has not failed', async () => {
		const queue = new FakeGmi();
		queue.add('Veo3', boat.payload, Date.now() - 900_000);
		queue.add('Veo3', boat.payload, Date.now() - 300_000, {
			queuedMs: 0,
			workMs: 0,
			end: 'failed',
		});
		queue.add('Veo3', boat.payload, Date.now() - 300_000);
		queue.add('Veo3', kite.payload, Date.now() - 300_000);
		const result = await settle(runJobs({ queue, contents: [boat], reuseWithinMs }));
		expect(idsOf(result)).toEqual(['r3']);
		expect(queue.calls.submit).toBe(0);
	});

	it.each(['newest', 'oldest', 'shuffled'] as const)(
		'takes each once in a run, and sends the rest; the list comes %s first',
		async (order) => {
			const queue = new FakeGmi({ order, clockOffsetMs: -120_000 });
			queue.add('Veo3', boat.payload, Date.now() - 300_000);
			queue.add('Veo3', boat.payload, Date.now() - 200_000);
			const contents = [boat, boat, boat, boat];
			const result = await settle(runJobs({ queue, contents, reuseWithinMs }));
			expect(idsOf(result).sort()).toEqual(['r1', 'r2', 'r3', 'r4']);
			expect(queue.calls.submit).toBe(2);
		},
	);

	it('lets two executions share one', async () => {
		const queue = new FakeGmi();
		queue.add('Veo3', boat.payload);
		const runs = [1, 2].map(async () => await runJobs({ queue, contents: [boat], reuseWithinMs }));
		const results = await settle(Promise.all(runs));
		expect(results.map((result) => idsOf(result)[0])).toEqual(['r1', 'r1']);
	});

	it('does not give an item what an earlier try got for an identical one', async () => {
		const context: IContextObject = {};
		let refusing = true;
		const queue = new FakeGmi({
			onSubmit: ({ nth }) => (nth > 1 && refusing ? { fault: fault('invalid') } : {}),
		});
		const contents = [boat, boat];
		await settle(runJobs({ queue, contents, context, reuseWithinMs }));
		refusing = false;
		queue.options.latencyMs = 500;
		const again = await settle(runJobs({ queue, contents, context, reuseWithinMs }));
		expect(idsOf(again).sort()).toEqual(['r1', 'r2']);
	});

	it.each([
		['cannot be had', { onRead: () => fault('server') }],
		['is too long to be searched', { largestPage: 1, order: 'oldest' as const }],
	])('sends nothing when the list %s', async (_case, options) => {
		const queue = new FakeGmi(options);
		for (let i = 0; i < 20; i++) queue.add('Veo3', { prompt: `scene ${i}` });
		const result = await settle(runJobs({ queue, contents: [boat], reuseWithinMs }));
		expect(result.error).toMatchObject({ details: { kind: 'unsearchable' } });
		expect(queue.calls.submit).toBe(0);
	});
});
