import { credential, memory, n8n, ownNode, report, run, sandbox } from '../../support/n8n';
import { existsSync, filesUnder, parentOf } from '../../support/files';
import { startHostileGmi } from '../../support/hostileGmi';
import { HOSTILE_NAMES } from '../../support/hostileNames';

const MIB = 1024 * 1024;
const gmi = sandbox.sandbox;

/** By workflow and execution, under names n8n makes up. */
const WHERE_N8N_KEEPS_FILES =
	/\/\.n8n\/(?:storage|binaryData)\/workflows\/\w+\/executions\/\w+\/binary_data\/[\w-]+(?:\.metadata)?$/;

async function generate(count: number) {
	const parameters = {
		resource: 'video',
		operation: 'generate',
		model: { __rl: true, mode: 'id', value: 'vidu-q3-pro-t2v' },
		prompt: '={{ $json.prompt }}',
		waitForCompletion: false,
	};
	const node = await ownNode('gmiVideo', parameters, { onError: 'continueRegularOutput' });
	return await run(
		node,
		Array.from({ length: count }, (_, i) => ({ prompt: `a whale, take ${i + 1}` })),
	);
}

describe.each(['huge-json', 'gzip-bomb'])('a reply of 100 MB (%s)', (name) => {
	it.each([1, 3])(
		'to each of %i items ends in an error, not in memory',
		async (count) => {
			gmi.reset();
			// The first run loads what the next need as well.
			await generate(count);
			gmi.reset();
			gmi.faults.inject({ name, endpoint: 'submit', times: 'forever', accepted: false });
			memory.resetPeak(n8n.pid);
			const idle = memory.peak(n8n.pid);
			const { items } = await generate(count);
			const growth = memory.peak(n8n.pid) - idle;
			report(`${name} ${count} times`, { growthMiB: Math.round(growth / MIB) });

			expect(items).toHaveLength(count);
			for (const { json } of items)
				expect(json.error).toMatch(/larger than 32 MB and was not read/);
			expect(growth).toBeLessThan(100 * MIB);
		},
		120_000,
	);
});

it('keeps files in their folder, whatever the service calls them', async () => {
	const server = await startHostileGmi(HOSTILE_NAMES);
	const using = await credential({ baseUrl: server.url });
	const parameters = { resource: 'video', operation: 'download', requestId: '={{ $json.id }}' };
	const everywhere = parentOf(n8n.userFolder);
	const before = new Set(await filesUnder(everywhere));
	const { items, error } = await run(
		await ownNode('gmiVideo', parameters, {}, using),
		HOSTILE_NAMES.map((_, i) => ({ id: String(i) })),
	);
	const made = (await filesUnder(everywhere)).filter((file) => !before.has(file));
	await server.stop();

	expect(error).toBeUndefined();
	expect(items).toHaveLength(HOSTILE_NAMES.length);
	expect(made.filter((file) => !WHERE_N8N_KEEPS_FILES.test(file))).toEqual([]);
	// Two files each, and n8n's label for each.
	expect(made).toHaveLength(4 * HOSTILE_NAMES.length);
	expect(HOSTILE_NAMES.filter((name) => /^\/[^\0]+$/.test(name) && existsSync(name))).toEqual([]);
	for (const { binary = {} } of items) {
		for (const { fileName } of Object.values(binary)) {
			expect(fileName).toMatch(/^[A-Za-z0-9_-]{1,100}\.(?:mp4|png)$/);
		}
	}
});
