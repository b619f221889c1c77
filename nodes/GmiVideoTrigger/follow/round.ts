import { Slots } from '../../shared/flow/slots';
import type { GmiFault } from '../../shared/queue/fault';
import { hasEnded } from './record';
import type { Phase } from '../../shared/queue/records';
import type { GmiQueue } from '../../shared/queue/types';
import { absorb } from './absorb';
import { scanScope } from './scan';
import type { Scan } from './scanTypes';
import { fitScopes, mergeRetiring, scopeNames } from './scopes';
import type { Ready } from './settle';
import { ALL_MODELS, type FollowState, type ScopeState } from './types';

/** Scopes read side by side. */
const SCOPES_AT_A_TIME = 3;

/** With so many ended requests waiting to be handed over, older stretches of the list are left for later. */
const ENOUGH_TO_HAND_OVER = 50;

export interface RoundSettings {
	/** Model ids; empty for all. */
	models: string[];
	events: Phase[];
	/** Whether the time for reading is up. */
	isOver: () => boolean;
	/** Local clock in milliseconds. */
	now: number;
}

export interface RoundResult {
	state: FollowState;
	/** Everything that may be handed over now, in order of finishing. */
	ready: Ready[];
	/** Scopes that could not be read, or not in full. */
	faults: Array<{ scope: string; fault: GmiFault }>;
	/** At least one scope was read. */
	hasRead: boolean;
}

/**
 * One poll's reading of all scopes. What it gives holds on three conditions, which bound what can be
 * promised, since GMI's list knows no filter by time of change:
 *
 * - a request shows in the list within ten minutes (`OVERLAP_S`) of being made;
 * - the list comes newest first, or is read to its end, over several polls, before more than
 *   `DEEPEST_OFFSET` requests are made;
 * - a request ends within seven days (`FOLLOWED_FOR_S`).
 *
 * Then every request made after the first reading, or open at it, becomes ready once for each final status,
 * whichever earlier state the reading goes on from, as long as nothing was handed over since that state.
 */
export async function readRound(
	queue: GmiQueue,
	before: FollowState,
	settings: RoundSettings,
): Promise<RoundResult> {
	const fitted = fitScopes(before, settings.models);
	const names = [...new Set([...scopeNames(settings.models), ...Object.keys(fitted.scopes)])];
	const except = new Set(names.filter((name) => fitted.scopes[name]?.retiring));
	const localNow = Math.floor(settings.now / 1000);

	const scans = await scanAll(queue, fitted, turned(names, localNow), settings);
	const gmiNow = Math.floor(queue.now() / 1000);
	const result: RoundResult = { state: fitted, ready: [], faults: [], hasRead: false };
	const scopes: Record<string, ScopeState> = { ...fitted.scopes };
	const read = new Set<string>();
	for (const [name, scan] of scans) {
		const { fault, records, complete, roundDone } = scan;
		if (fault) result.faults.push({ scope: name, fault });
		const isKnown = scopes[name] !== undefined;
		if (fault && !isKnown) continue;
		if (!fault || records.size > 0) result.hasRead = true;
		const others = name === ALL_MODELS ? except : new Set<string>();
		const { events } = settings;
		scopes[name] = absorb(scopes[name], scan, { name, events, except: others, localNow, gmiNow });
		if (!fault && (!isKnown || complete || roundDone)) read.add(name);
	}
	result.state = mergeRetiring({ ...fitted, scopes }, read);
	result.ready = readyOf(result.state, scans);
	return result;
}

async function scanAll(
	queue: GmiQueue,
	{ scopes }: FollowState,
	names: string[],
	{ isOver }: RoundSettings,
): Promise<Map<string, Scan>> {
	const scans = new Map<string, Scan>();
	const scan = async (name: string) => {
		const waiting = (scopes[name]?.pending ?? []).filter(({ endedAt }) => endedAt !== undefined);
		const mayWalk = waiting.length < ENOUGH_TO_HAND_OVER;
		scans.set(name, await scanScope(queue, name, scopes[name], { isOver, mayWalk }));
	};
	// First, because what a retiring scope does not see after it is lost between the two.
	if (names.includes(ALL_MODELS)) await scan(ALL_MODELS);
	const slots = new Slots(SCOPES_AT_A_TIME);
	await Promise.all(
		names
			.filter((name) => name !== ALL_MODELS)
			.map(
				async (name) =>
					await slots.run(async () => {
						if (scans.size === 0 || !isOver()) await scan(name);
					}),
			),
	);
	return scans;
}

/** Each poll begins with another scope, so that a short time for reading serves all of them in turn. */
function turned(names: string[], localNow: number): string[] {
	const start = Math.floor(localNow / 60) % Math.max(1, names.length);
	return [...names.slice(start), ...names.slice(0, start)];
}

function readyOf({ scopes }: FollowState, scans: Map<string, Scan>): Ready[] {
	const records = new Map([...scans.values()].flatMap((scan) => [...scan.records]));
	const ready = Object.entries(scopes).flatMap(([scope, { pending }]) =>
		pending.flatMap(({ id, createdAt, endedAt, tries = 0 }) => {
			const record = records.get(id);
			if (endedAt === undefined || record === undefined || !hasEnded(record)) return [];
			return [{ scope, record, endedAt, tries, createdAt }];
		}),
	);
	return ready
		.sort(
			(a, b) =>
				a.endedAt - b.endedAt ||
				a.createdAt - b.createdAt ||
				a.record.request_id.localeCompare(b.record.request_id),
		)
		.map(({ scope, record, endedAt, tries }) => ({ scope, record, endedAt, tries }));
}
