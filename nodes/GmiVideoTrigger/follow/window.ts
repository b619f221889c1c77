import { createdAt, endedAt } from './record';
import { newestOf } from './order';
import type { Scan } from './scanTypes';
import {
	MOST_GAPS,
	MOST_SEEN,
	OVERLAP_S,
	UNSORTED_OVERLAP_S,
	type Gap,
	type Mark,
	type ScopeState,
} from './types';

/** In unix seconds. */
export interface Clocks {
	localNow: number;
	gmiNow: number;
}

/** A scope as it stands before its first reading is judged. */
export function begin(scan: Scan, { localNow, gmiNow }: Clocks): ScopeState {
	const newest = newestOf(scan.records);
	const unread = !scan.roundDone && (scan.round !== undefined || scan.lowest > -Infinity);
	const overlap = scan.round ? UNSORTED_OVERLAP_S : OVERLAP_S;
	const floor = scan.round ? newest - overlap : Math.max(newest - overlap, scan.lowest);
	const gap: Gap = { low: 0, high: scan.lowest, offset: scan.next };
	const times = [...scan.records.values()].map((record) =>
		Math.max(createdAt(record), endedAt(record)),
	);
	// Of a list in another order the newest requests may not have been read: only a clock can tell then.
	if (scan.round) times.push(gmiNow);
	return {
		floor: newest === 0 ? 0 : floor,
		marks: [{ at: localNow, newest }],
		gaps: unread && !scan.round ? [gap] : [],
		pending: [],
		seen: [],
		...(scan.round && !scan.roundDone ? { round: scan.round } : {}),
		...(unread ? { historyUntil: Math.max(0, ...times) } : {}),
	};
}

/** Whether requests made at this time are decided by `seen`: above the floor, or in a stretch left over. */
export function isOpenTo({ floor, gaps }: ScopeState, at: number): boolean {
	return at >= floor || gaps.some(({ low, high }) => at >= low && at <= high);
}

/** Moves the floor and the stretches as far as what was read allows. */
export function raise(scope: ScopeState, scan: Scan, localNow: number): ScopeState {
	if (scan.round || scan.roundDone) return raiseUnsorted(scope, scan);
	const gaps = scan.gaps;
	const newest = Math.max(scope.marks.at(-1)?.newest ?? 0, newestOf(scan.records));
	const moved = { ...scope, gaps, historyUntil: historyOf(scope, gaps) };
	if (scan.complete) {
		const marks = addMark(scope.marks, { at: localNow, newest });
		const settled = marks.filter(({ at }) => at <= localNow - OVERLAP_S).at(-1)?.newest ?? 0;
		const floor = Math.max(scope.floor, newest - OVERLAP_S, settled);
		return { ...moved, floor, marks: marks.filter((mark) => mark.newest >= settled) };
	}
	// What could not be read down to the floor is left as a stretch; a fault is simply tried again.
	const floor = Math.max(newest - OVERLAP_S, scan.lowest);
	if (scan.fault || gaps.length >= MOST_GAPS || !(floor > scope.floor)) return moved;
	const gap = { low: scope.floor, high: scan.lowest, offset: scan.next };
	return { ...moved, floor, gaps: [gap, ...gaps] };
}

/** Drops what need not be remembered any more. */
export function prune(scope: ScopeState): ScopeState {
	const seen = scope.seen.filter(([, at]) => scope.retiring || isOpenTo(scope, at));
	if (seen.length <= MOST_SEEN) return { ...scope, seen };
	const kept = seen.sort(([, a], [, b]) => b - a).slice(0, MOST_SEEN);
	const floor = Math.max(scope.floor, (kept.at(-1)?.[1] ?? 0) + 1);
	return { ...scope, floor, gaps: [], seen: kept.filter(([, at]) => at >= floor) };
}

function raiseUnsorted(scope: ScopeState, scan: Scan): ScopeState {
	if (!scan.roundDone) return { ...scope, round: scan.round };
	const newest = scope.round?.newest ?? newestOf(scan.records);
	const floor = Math.max(scope.floor, newest - UNSORTED_OVERLAP_S);
	return { ...scope, floor, gaps: [], historyUntil: undefined, round: scan.round };
}

/** The first reading is over when no stretch reaches down to the beginning. */
function historyOf({ historyUntil }: ScopeState, gaps: Gap[]): number | undefined {
	return gaps.some(({ low }) => low === 0) ? historyUntil : undefined;
}

function addMark(marks: Mark[], mark: Mark): Mark[] {
	const last = marks.at(-1);
	return last && last.newest >= mark.newest ? marks : [...marks, mark];
}
