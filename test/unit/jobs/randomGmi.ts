import type { FaultKind } from '../../../nodes/shared/queue/fault';
import type { FakeGmiOptions, SubmitPlan } from '../../support/fakeGmi';
import { fault, type Course, type Echo } from '../../support/fakeGmiJobs';
import type { Seeded } from '../../support/seeded';

const REFUSALS: FaultKind[] = ['invalid', 'noCredit', 'upstreamRefused', 'badKey', 'unreachable'];
const DOUBTS: FaultKind[] = ['noReply', 'server', 'unreadable'];
const BLIPS: FaultKind[] = ['noReply', 'server', 'unreadable', 'rateLimited'];

/** A GMI with a random mood: how it lists and echoes, and how often it fails at what. */
export function randomGmi(random: Seeded): Partial<FakeGmiOptions> {
	const submitTrouble = random.pick([0, 0.1, 0.3, 0.6]);
	const readTrouble = random.pick([0, 0, 0.1, 0.5]);
	const outageFrom = Date.now() + random.int(0, 60_000);
	const outageUntil = outageFrom + random.pick([0, 0, 20_000, 90_000]);
	const sync = random.chance(0.2);
	const echo = random.pick<Echo>(['complete', 'complete', 'added', 'none', 'empty']);
	const latencyMs = random.int(20, 1_500);
	return {
		latencyMs,
		clockOffsetMs: random.pick([0, 0, -90_000, 90_000]),
		order: random.pick(['newest', 'newest', 'oldest', 'shuffled'] as const),
		listLagMs: random.pick([0, 0, 2_000, 6_000, 20_000]),
		largestPage: random.pick([100, 100, 3]),
		listsOutcome: random.chance(0.7),
		listsPayload: random.chance(0.8),
		echo: () => echo,
		course: () => randomCourse(random, sync),
		onSubmit: () =>
			random.chance(submitTrouble)
				? randomTrouble(random)
				: { answerAfterMs: latencyMs + (sync ? random.int(5_000, 60_000) : 0) },
		onRead: ({ at }) =>
			random.chance(readTrouble) || (at >= outageFrom && at < outageUntil)
				? fault(random.pick(BLIPS))
				: undefined,
	};
}

function randomCourse(random: Seeded, sync: boolean): Course {
	const end = random.chance(0.85) ? 'success' : random.pick(['failed', 'cancelled'] as const);
	if (random.chance(0.03)) return { queuedMs: Infinity, workMs: 0, end };
	return { queuedMs: 0, workMs: sync ? 0 : random.int(2_000, 60_000), end };
}

function randomTrouble(random: Seeded): SubmitPlan {
	const answerAfterMs = random.pick([50, 500, 5_000, 60_000, 300_000]);
	switch (random.int(1, 4)) {
		case 1:
			return { fault: fault(random.pick(REFUSALS)), answerAfterMs };
		case 2:
			return {
				fault: fault(random.pick(['rateLimited', 'capacity'] as const), {
					retryAfterMs: random.pick([undefined, 500, 20_000]),
				}),
			};
		case 3:
			return { fault: fault(random.pick(DOUBTS)), answerAfterMs };
		default:
			return {
				fault: fault(random.pick(DOUBTS)),
				accepted: true,
				answerAfterMs,
				acceptAfterMs: random.chance(0.8) ? 20 : answerAfterMs + random.int(100, 30_000),
			};
	}
}
