import { runCells, type Cell, type CellResult } from '../../support/faultCells';
import { startSandbox } from '../../support/sandbox';
import { REFUSALS, ELSEWHERE, cells } from './faultTable';

let results: Map<string, CellResult>;

function resultOf({ title }: Cell): CellResult {
	const result = results.get(title);
	if (result === undefined) throw new Error(`${title} did not run`);
	return result;
}

function ofKind(kind: string) {
	return cells.filter((entry) => entry.kind === kind).map((entry) => [entry.title, entry] as const);
}

beforeAll(async () => {
	results = await runCells(cells);
}, 300_000);

it('covers every fault the sandbox knows', async () => {
	const sandbox = await startSandbox();
	const { known } = await sandbox.faults();
	await sandbox.stop();
	const covered = new Set(cells.flatMap(({ faults }) => faults.map(({ name }) => name)));
	const missing = known.map(({ name }) => name).filter((name) => !covered.has(name));
	expect(missing.sort()).toEqual([...ELSEWHERE].sort());
});

it('shows the key in no output and no error', async () => {
	const { key, stop } = await startSandbox();
	await stop();
	for (const [title, { run }] of results) {
		const text = JSON.stringify(run.data);
		expect({ title, shown: text.includes('a paper boat') }).toEqual({ title, shown: true });
		const leaks = [key, key.slice(-24)];
		expect({ title, leaks: leaks.filter((leak) => text.includes(leak)) }).toEqual({
			title,
			leaks: [],
		});
	}
});

/** Holds for every cell: items in order, each accepted request with exactly one item. */
function expectNothingLost(result: CellResult, items: number) {
	expect(result.error).toBeUndefined();
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: items }, (_, item) => ({ item })),
	);
	const accepted = result.requests.filter(({ source }) => source === 'api').map(({ id }) => id);
	const kept = result.items.map(({ json }) => json.request_id).filter(Boolean);
	expect(kept).toEqual(expect.arrayContaining(accepted));
	expect(new Set(kept).size).toBe(kept.length);
}

it.each(ofKind('refused'))('%s', (_, entry) => {
	const result = resultOf(entry);
	expectNothingLost(result, entry.items);
	expect(result.counters.calls.submit).toBe(entry.items);
	expect(result.good).toHaveLength(entry.items - 1);
	expect(result.bad[0].json.error).toMatch(REFUSALS[entry.faults[0].name]);
});

it.each(ofKind('busy'))('%s', (_, entry) => {
	const result = resultOf(entry);
	expectNothingLost(result, entry.items);
	expect(result.counters.accepted).toBe(entry.items);
	expect(result.counters.calls.submit).toBe(entry.items + 1);
	expect(result.good).toHaveLength(entry.items);
});

it.each(ofKind('waited for'))('%s', (_, entry) => {
	const result = resultOf(entry);
	expectNothingLost(result, entry.items);
	expect(result.good).toHaveLength(entry.items);
	expect(result.counters.calls.submit).toBe(entry.items);
});

it.each(ofKind('accepted unseen'))('%s', (_, entry) => {
	const result = resultOf(entry);
	expectNothingLost(result, entry.items);
	expect(result.counters.calls.submit).toBe(entry.items);
	expect(result.counters.accepted).toBe(entry.items);
	expect(result.good).toHaveLength(entry.items);
	for (const [i, { json }] of result.items.entries()) {
		expect(json.payload).toEqual({ prompt: `a paper boat ${i + 1}` });
	}
});

it.each(ofKind('never accepted'))('%s', (_, entry) => {
	const result = resultOf(entry);
	expectNothingLost(result, entry.items);
	expect(result.counters.calls.submit).toBe(entry.items);
	expect(result.counters.accepted).toBe(entry.items - 1);
	expect(result.good).toHaveLength(entry.items - 1);
	expect(result.bad[0].json.error).toMatch(/may have accepted this request/);
	expect(result.bad[0].json.error_description).toMatch(/not sent again/);
});

it.each(ofKind('ridden out'))('%s', (_, entry) => {
	const result = resultOf(entry);
	expectNothingLost(result, entry.items);
	expect(result.counters.calls.submit).toBe(entry.items);
	expect(result.good).toHaveLength(entry.items);
	expect(result.good.every(({ json }) => json.status === 'success')).toBe(true);
});

it.each(ofKind('fetched again'))('%s', (_, entry) => {
	const result = resultOf(entry);
	expectNothingLost(result, entry.items);
	expect(result.counters.calls.submit).toBe(entry.items);
	expect(result.good).toHaveLength(entry.items);
	expect(result.counters.calls.artifact).toBe(entry.items + 1);
	for (const { binary } of result.good) expect(binary?.data.mimeType).toBe('video/mp4');
});
