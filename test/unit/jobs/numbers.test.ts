import { median } from '../../support/batches';
import { settle, useFakeClock } from '../../support/fakeClock';
import { FakeGmi, type FakeGmiOptions } from '../../support/fakeGmi';
import { Seeded } from '../../support/seeded';
import { runJobs } from './runJobs';

const SEEDS = Array.from({ length: 41 }, (_, i) => i + 1);

interface Measured {
	looks: number;
	/** How long the run took, as a multiple of its slowest job. */
	wall: number;
	mostOpen: number;
	found: number;
}

async function measure(
	jobs: number,
	seconds: (random: Seeded) => number,
	seed: number,
	options: Partial<FakeGmiOptions> = {},
): Promise<Measured> {
	useFakeClock(Date.parse('2026-01-05T12:00:00Z') + seed * 137);
	const random = new Seeded(seed);
	jest.spyOn(Math, 'random').mockImplementation(random.next);
	const workMs = Array.from({ length: jobs }, () => seconds(random) * 1000);
	const queue = new FakeGmi({
		course: ({ nth }) => ({ queuedMs: 500, workMs: workMs[nth - 1] - 500, end: 'success' }),
		...options,
	});
	const contents = Array.from({ length: jobs }, (_, i) => ({
		model: 'Veo3',
		payload: { prompt: `scene ${i}` },
	}));
	const started = Date.now();
	const { run } = await settle(runJobs({ queue, contents }));
	const found = run?.settled.filter(({ result }) => result).length ?? 0;
	const wall = (Date.now() - started) / Math.max(...workMs);
	return { looks: queue.looks, wall, mostOpen: queue.mostOpenSubmits, found };
}

async function measureAll(jobs: number, seconds: (random: Seeded) => number): Promise<Measured[]> {
	const all: Measured[] = [];
	for (const seed of SEEDS) all.push(await measure(jobs, seconds, seed));
	return all;
}

afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

it.each([
	[150, 35],
	[600, 65],
])('checks a job of %d s no more than %d times', async (seconds, most) => {
	const all = await measureAll(1, () => seconds);
	expect(Math.max(...all.map(({ looks }) => looks))).toBeLessThanOrEqual(most);
});

it('follows 20 jobs of 12 to 24 s in few checks and little more time than the slowest', async () => {
	const all = await measureAll(20, (random) => 12 + 12 * random.next());
	expect(Math.max(...all.map(({ looks }) => looks))).toBeLessThanOrEqual(25);
	expect(median(all.map(({ wall }) => wall))).toBeLessThanOrEqual(1.1);
});

it('follows one job of 12 s in little more time than it takes', async () => {
	const all = await measureAll(1, () => 12);
	expect(Math.max(...all.map(({ wall }) => wall))).toBeLessThanOrEqual(1.2);
});

it.each([20, 100, 400, 1_000])(
	'follows 1,000 jobs of about 20 s in few checks, with %d ms for each call',
	async (latencyMs) => {
		const about20 = (random: Seeded) => 18 + 4 * random.next();
		const measured = await measure(1_000, about20, 7, { latencyMs });
		expect(measured.found).toBe(1_000);
		expect(measured.mostOpen).toBe(10);
		expect(measured.looks).toBeLessThanOrEqual(250);
	},
	60_000,
);
