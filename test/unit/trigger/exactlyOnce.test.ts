import fc from 'fast-check';

import { Seeded } from '../../support/seeded';
import { FakeHistory, type ListOrder } from './fakeHistory';
import { Host } from './host';

const MODELS = ['veo', 'kling', 'sora'];
const FINALS = ['success', 'failed', 'cancelled'] as const;

type Step =
	| { do: 'submit'; model: string; lag: number; fromConsole: boolean }
	| { do: 'submitMany'; model: string; count: number }
	| { do: 'finish'; pick: number; status: (typeof FINALS)[number] }
	| { do: 'finishAll' }
	| { do: 'wait'; seconds: number }
	| { do: 'poll' | 'crash' | 'crashWhilePolling' | 'reactivate' }
	| { do: 'outage'; rate: number }
	| { do: 'undeliverable'; pick: number };

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('submit' as const),
			model: fc.constantFrom(...MODELS),
			lag: fc.constantFrom(0, 0, 0, 30, 300),
			fromConsole: fc.boolean(),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('submitMany' as const),
			model: fc.constantFrom(...MODELS),
			count: fc.integer({ min: 20, max: 250 }),
		}),
	},
	{
		weight: 8,
		arbitrary: fc.record({
			do: fc.constant('finish' as const),
			pick: fc.nat(),
			status: fc.constantFrom(...FINALS),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('finishAll' as const) }) },
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('wait' as const),
			seconds: fc.constantFrom(1, 60, 60, 700, 7200, 40_000),
		}),
	},
	{ weight: 8, arbitrary: fc.record({ do: fc.constant('poll' as const) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('crashWhilePolling' as const) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('reactivate' as const) }) },
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('outage' as const),
			rate: fc.constantFrom(0, 0.3, 1),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({ do: fc.constant('undeliverable' as const), pick: fc.nat() }),
	},
);

interface World {
	history: number;
	order: ListOrder;
	models: string[];
	keepsQuietPolls: boolean;
	seed: number;
	steps: Step[];
}

const world = (order: ListOrder): fc.Arbitrary<World> =>
	fc.record({
		history: fc.constantFrom(0, 3, 150, 1200),
		order: fc.constant(order),
		models: fc.constantFrom(MODELS, []),
		keepsQuietPolls: fc.boolean(),
		seed: fc.nat(),
		steps: fc.array(step, { minLength: 5, maxLength: 60 }),
	});

/** Plays the steps, lets everything come to rest, and gives what should and what did come out. */
async function play({ history, order, models, keepsQuietPolls, seed, steps }: World) {
	const gmi = new FakeHistory(new Seeded(seed).next);
	gmi.order = order;
	gmi.addHistory('veo', history);
	const open = [gmi.add('veo', { age: 100 }), gmi.add('kling', { age: 5000 })];
	const host = new Host(gmi, { models, events: [...FINALS], keepsQuietPolls });
	await host.activate();
	const expected = new Set<string>();
	const end = (id: string, status: (typeof FINALS)[number]) => {
		gmi.finish(id, status);
		expected.add(`${id}/${status}`);
		open.splice(open.indexOf(id), 1);
	};

	for (const action of steps) {
		gmi.clock++;
		switch (action.do) {
			case 'submit':
				open.push(gmi.add(action.model, action));
				break;
			case 'submitMany':
				for (let i = 0; i < action.count; i++) open.push(gmi.add(action.model));
				break;
			case 'finish':
				if (open.length > 0) end(open[action.pick % open.length], action.status);
				break;
			case 'finishAll':
				for (const id of [...open]) end(id, 'success');
				break;
			case 'wait':
				gmi.clock += action.seconds;
				break;
			case 'poll':
				gmi.clock += 60;
				await host.poll();
				break;
			case 'outage':
				gmi.faultRate = action.rate;
				break;
			case 'undeliverable':
				if (open.length > 0) host.undeliverable.add(open[action.pick % open.length]);
				break;
			case 'reactivate':
				host.crash();
				await host.activate();
				break;
			case 'crash':
				host.crash();
				break;
			case 'crashWhilePolling':
				await host.crashWhilePolling();
				break;
		}
	}

	gmi.faultRate = 0;
	host.undeliverable.clear();
	for (const id of [...open]) end(id, 'success');
	let atRest = 0;
	for (let i = 0; i < 150 && atRest < 12; i++) {
		gmi.clock += 60;
		await host.poll();
		atRest = host.emitted.length >= expected.size ? atRest + 1 : 0;
	}
	const emitted = new Set(host.emitted);
	return {
		missing: [...expected].filter((one) => !emitted.has(one)),
		unexpected: [...emitted].filter((one) => !expected.has(one)),
		repeated: host.emitted.filter((one, i) => host.emitted.indexOf(one) !== i),
	};
}

describe('exactly once for each request and final status', () => {
	it.each([
		['newest', 1600],
		['oldest', 200],
		['shuffled', 200],
	] as const)(
		'in a list that comes %s, over %i runs',
		async (order, numRuns) => {
			await fc.assert(
				fc.asyncProperty(world(order), async (given) => {
					expect(await play(given)).toEqual({ missing: [], unexpected: [], repeated: [] });
				}),
				{ seed: 20261121, numRuns },
			);
		},
		600_000,
	);
});
