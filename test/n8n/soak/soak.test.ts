import { report } from '../../support/n8n';
import { harvest, reasonOf, tally, wrongsIn } from './account';
import { wrongFiles } from './deliveries';
import { faultsMet, letFail } from './faults';
import { middleOf } from './memory';
import { minutes, seed } from './settings';
import { Stage } from './stage';
import { collecting, fromPictures, submitting, waitAndLook, waiting } from './workflows';

/** A batch each minute for an hour, six times as fast. */
const EVERY_SECONDS = 10;

/** After the last batch: the longest wait there is, a submit that is never answered and then the time limit. */
const SECONDS_TO_END = 600;

let stage: Stage;

beforeAll(async () => {
	stage = await Stage.open();
}, 180_000);
afterAll(async () => await stage.close());

/** Runs the batches and everything that follows from them to its end. */
async function runBatches() {
	const { client, sandbox } = stage;
	const using = await stage.credential('GMI', sandbox.key);
	const other = await stage.credential('Another GMI', sandbox.secondKey);
	const collector = await stage.deploy(collecting(other));
	const batches = [
		await stage.deploy(waiting(EVERY_SECONDS, using)),
		await stage.deploy(fromPictures(2 * EVERY_SECONDS, using)),
		await stage.deploy(waitAndLook(2 * EVERY_SECONDS, using)),
		await stage.deploy(submitting(2 * EVERY_SECONDS, other)),
	];
	const startedAt = Date.now();
	await stage.pass(minutes * 60_000);
	const stoppedAt = Date.now();
	for (const id of batches) await client.deactivate(id);
	await stage.untilOver(batches, SECONDS_TO_END);
	await stage.untilCollected(collector, SECONDS_TO_END);
	await client.deactivate(collector);
	await stage.untilOver([collector], 60);
	const workflows = [...batches, collector];
	const harvests = await Promise.all(workflows.map(async (id) => await harvest(client, id)));
	return { startedAt, stoppedAt, harvests };
}

it(
	`an hour's batches in ${minutes} minutes with random faults (seed ${seed}): none lost, none doubled`,
	async () => {
		const { client, n8n, sandbox } = stage;
		await letFail(sandbox, seed, minutes);
		const { startedAt, stoppedAt, harvests } = await runBatches();
		const met = await faultsMet(sandbox);
		await sandbox.clearFaults();
		await sandbox.configure({ artifactTtlMs: null });

		const accepted = await stage.accepted();
		const prompts = harvests.flatMap((one) => one.prompts);
		const ends = harvests.flatMap((one) => one.ends);
		const delivered = ends.filter(({ item }) => item.binary !== undefined);
		const bad = ends.filter(({ item }) => item.binary === undefined);
		const memory = (from: number, to: number) =>
			middleOf(stage.report.memory, startedAt, stoppedAt, from, to);
		const [early, late] = [memory(0.3, 0.5), memory(0.8, 1)];
		report('soak', {
			seed,
			minutes,
			executions: harvests.reduce((sum, { executions }) => sum + executions, 0),
			prompts: prompts.length,
			accepted: accepted.length,
			delivered: delivered.length,
			bad: bad.length,
			memoryMiB: { early, late },
		});
		report('soak: faults met', met);
		report('soak: ends without a file', tally(bad.map((end) => reasonOf(end).slice(0, 60))));

		expect(wrongsIn(harvests, accepted, await stage.unread())).toEqual([]);
		expect(accepted.filter(({ sameSubmits }) => sameSubmits > 1)).toEqual([]);
		expect(new Set(prompts).size).toBe(prompts.length);
		expect(await wrongFiles(client, delivered)).toEqual([]);
		expect(delivered.length).toBeGreaterThan(prompts.length / 2);
		expect(Object.values(met).filter((times) => times > 0).length).toBeGreaterThan(20);

		expect(stage.report.uncaught).toEqual([]);
		expect(n8n.log.match(/.*(?:unhandled|uncaught).*/gi) ?? []).toEqual([]);
		expect(late.heapUsed - early.heapUsed).toBeLessThanOrEqual(16);
		expect(late.rss - early.rss).toBeLessThanOrEqual(64);
	},
	(minutes + 25) * 60_000,
);
