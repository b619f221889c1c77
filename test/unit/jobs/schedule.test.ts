import { sleep, type IContextObject } from 'n8n-workflow';

import { Cancelled } from '../../../nodes/shared/flow/pause';
import { pass, settle, useFakeClock } from '../../support/fakeClock';
import { FakeGmi } from '../../support/fakeGmi';
import { Seeded } from '../../support/seeded';
import { wrongsIn, type Execution } from './accounts';
import { randomGmi } from './randomGmi';
import { runJobs, type Content, type JobsResult } from './runJobs';

const RUNS = 1_000;
const MOST_TRIES = 3;

beforeEach(() => useFakeClock());
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

function randomContents(random: Seeded): Content[] {
	const models = ['Veo3', 'sora-2', 'Kling'].slice(0, random.int(1, 3));
	const payloads = [{ prompt: 'boat' }, { prompt: 'boat', seed: 1 }, { prompt: 'kite' }];
	return Array.from({ length: random.pick([1, 2, 3, 5, 8, 20]) }, (_, i) => {
		const payload = random.chance(0.6) ? random.pick(payloads) : { prompt: `scene ${i}` };
		return { model: random.pick(models), payload };
	});
}

/** Runs the node as n8n does with Retry On Fail: again, with the same context, until it ends well. */
async function execute(random: Seeded, queue: FakeGmi, contents: Content[]): Promise<Execution> {
	const context: IContextObject = {};
	const continueOnFail = random.chance(0.5);
	const mostTries = random.int(1, MOST_TRIES);
	const cancelAfterMs = random.chance(0.15) ? random.int(0, 90_000) : undefined;
	const maxConcurrent = random.pick([1, 3, 10]);
	const cancel = new AbortController();
	if (cancelAfterMs !== undefined) void sleep(cancelAfterMs).then(() => cancel.abort());
	await sleep(random.pick([0, 0, 1_000, 20_000]));

	const tries: JobsResult[] = [];
	for (;;) {
		const { signal } = cancel;
		const timeoutMs = 240_000;
		const node = { queue, contents, context, continueOnFail, maxConcurrent, timeoutMs, signal };
		const result = await runJobs(node);
		tries.push(result);
		const failed = result.error ?? result.run?.settled[0]?.error;
		if (failed === undefined || tries.length >= mostTries || failed instanceof Cancelled) break;
		await sleep(random.int(0, 5_000));
	}
	return { contents, tries };
}

async function wrongsOfRun(seed: number): Promise<string[]> {
	const random = new Seeded(seed);
	jest.spyOn(Math, 'random').mockImplementation(random.next);
	const queue = new FakeGmi(randomGmi(random));
	const contents = randomContents(random);
	const executions = [execute(random, queue, contents)];
	if (random.chance(0.25)) executions.push(execute(random, queue, contents));
	const ended = await settle(Promise.all(executions));
	// Calls left open by a run that stopped are answered by then.
	await pass(320_000);
	return wrongsIn(queue, ended);
}

// A failure names its seed: `wrongsOfRun(seed)` alone repeats it.
it('pays nothing twice and loses nothing, whatever fails when', async () => {
	const wrongs: string[] = [];
	for (let seed = 1; seed <= RUNS; seed++) {
		const found = await wrongsOfRun(seed).catch((error: Error) => [error.message]);
		wrongs.push(...found.map((wrong) => `seed ${seed}: ${wrong}`));
	}
	expect(wrongs).toEqual([]);
}, 120_000);
