import { Observer, type Sighting } from '../../../nodes/shared/jobs/look';
import { GmiFault } from '../../../nodes/shared/queue/fault';
import { pass, settle, useFakeClock } from '../../support/fakeClock';
import { FakeGmi, type FakeGmiOptions } from '../../support/fakeGmi';
import { fault } from '../../support/fakeGmiJobs';

/** A GMI with so many requests, and an observer that remembers what it saw. */
function watching(count: number, options: Partial<FakeGmiOptions> = {}) {
	const queue = new FakeGmi({ latencyMs: 10, ...options });
	for (let i = 0; i < count; i++) queue.add('Veo3', { prompt: `scene ${i}` });
	const ids = queue.jobs.map(({ id }) => id);
	const observer = new Observer(queue, 'Veo3');
	const sightings = new Map<string, Sighting>(ids.map((id) => [id, { misses: 0, unknown: 0 }]));
	const look = async (wanted = ids) => {
		const before = { ...queue.calls };
		const { seen, unknown, fault: problem } = await settle(observer.look(wanted, sightings));
		const gets = queue.calls.get - before.get;
		return { seen: seen.size, unknown, problem, gets, lists: queue.calls.list - before.list };
	};
	return { queue, ids, look };
}

beforeEach(() => useFakeClock());
afterEach(() => jest.useRealTimers());

it('asks for a single request by its id', async () => {
	expect(await watching(1).look()).toMatchObject({ seen: 1, gets: 1, lists: 0 });
});

it.each(['newest', 'oldest', 'shuffled'] as const)(
	'reads several from the list in pages of 100, %s first',
	async (order) => {
		const { look } = watching(250, { order });
		expect(await look()).toMatchObject({ seen: 250, gets: 0, lists: 3 });
	},
);

it('asks by id when that is cheaper than the pages the list needs', async () => {
	const { ids, look } = watching(250);
	const oldest = ids.slice(0, 2);
	await look();
	expect(await look(oldest)).toMatchObject({ seen: 2, gets: 2, lists: 0 });
});

it('waits for a list that lags, and asks by id when it lags longer', async () => {
	const { look } = watching(5, { listLagMs: 10_000 });
	expect(await look()).toMatchObject({ seen: 0, gets: 0, lists: 1 });
	expect(await look()).toMatchObject({ seen: 0, gets: 0, lists: 1 });
	expect(await look()).toMatchObject({ seen: 5, gets: 5, lists: 1 });
	await pass(10_000);
	expect(await look()).toMatchObject({ seen: 5, gets: 0, lists: 1 });
});

it('does not read the whole list for one request that is not in it', async () => {
	const { queue, ids, look } = watching(1_500, { largestPage: 50 });
	const newest = ids.slice(-30);
	const list = queue.listRequests.bind(queue);
	queue.listRequests = async (query) => {
		const page = await list(query);
		return { ...page, records: page.records.map((r) => hide(r, newest[3])) };
	};
	await look(newest);
	await look(newest);
	expect(await look(newest)).toMatchObject({ seen: 30, gets: 1, lists: 2 });
});

function hide<T extends { request_id: string }>(record: T, id: string): T {
	return record.request_id === id ? { ...record, request_id: 'other' } : record;
}

it('asks by id when the list keeps failing', async () => {
	const { look } = watching(5, { onRead: ({ kind }) => ofList(kind, fault('server')) });
	expect(await look()).toMatchObject({ seen: 0, gets: 0, lists: 1 });
	expect(await look()).toMatchObject({ seen: 5, gets: 5, lists: 1 });
});

it('does not ask for hundreds by id while everything fails', async () => {
	const { look } = watching(500, { onRead: () => fault('server') });
	await look();
	const { gets, problem } = await look();
	expect(gets).toBeLessThanOrEqual(10);
	expect(problem?.kind).toBe('server');
});

it.each([
	['refused', fault('forbidden', { status: 403 })],
	[
		'too large',
		new GmiFault({ kind: 'unreadable', providerText: 'larger than 32 MB', isTooLarge: true }),
	],
])('leaves a list alone that is %s', async (_case, problem) => {
	const { look } = watching(5, { onRead: ({ kind }) => ofList(kind, problem) });
	await look();
	expect(await look()).toMatchObject({ seen: 5, gets: 5, lists: 0 });
});

it('finds a request of the web console, unknown by id, in the list', async () => {
	const { look } = watching(1, { unknownById: () => true });
	expect(await look()).toMatchObject({ seen: 1, unknown: [] });
});

it('says which ids GMI does not know', async () => {
	const { look } = watching(1);
	expect(await look(['gone'])).toMatchObject({ seen: 0, unknown: ['gone'] });
});

function ofList(kind: string, problem: GmiFault): GmiFault | undefined {
	return kind === 'list' ? problem : undefined;
}
