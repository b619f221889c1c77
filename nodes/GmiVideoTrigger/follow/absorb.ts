import { phaseOf, type Phase } from '../../shared/queue/records';
import type { RequestRecord } from '../../shared/queue/types';
import { createdAt, endedAt, endKey, hasEnded } from './record';
import type { Scan } from './scanTypes';
import { begin, isOpenTo, prune, raise, type Clocks } from './window';
import { ALL_MODELS, FOLLOWED_FOR_S, MOST_PENDING, type Pending, type ScopeState } from './types';

export interface Circumstances extends Clocks {
	/** The scope's name. */
	name: string;
	/** Which ends are to be told. */
	events: Phase[];
	/** Models that have scopes of their own beside the list of all. */
	except: Set<string>;
}

/**
 * What is known of a scope after a poll: the pure heart of the trigger. Of every request it has not
 * handled, it adds the open ones to `pending` and marks the ended ones there; nothing leaves `pending` with
 * a wanted end but through `settle`.
 *
 * @param before undefined at the first reading: what has ended then is history
 */
export function absorb(
	before: ScopeState | undefined,
	scan: Scan,
	circumstances: Circumstances,
): ScopeState {
	const known = before ?? begin(scan, circumstances);
	const judge = new Judge(known, before === undefined, circumstances);
	for (const record of scan.records.values()) judge.take(record, scan.byId.has(record.request_id));
	const pending = order(judge.pending, scan, circumstances.gmiNow);
	const judged = { ...known, pending, seen: judge.seen };
	if (before === undefined) return prune(judged);
	const moved = judge.isFull ? judged : raise(judged, scan, circumstances.localNow);
	return prune({ ...moved, searchOffset: scan.searchOffset });
}

/** Decides about single records. */
class Judge {
	readonly pending: Map<string, Pending>;
	readonly seen: ScopeState['seen'];
	/** More requests are open at once than are followed; what lies beyond waits in the list. */
	isFull = false;
	private readonly seenKeys: Set<string>;

	constructor(
		private readonly scope: ScopeState,
		private readonly isFirst: boolean,
		private readonly circumstances: Circumstances,
	) {
		this.pending = new Map(scope.pending.map((entry) => [entry.id, entry]));
		this.seen = [...scope.seen];
		this.seenKeys = new Set(scope.seen.map(([key]) => key));
	}

	take(record: RequestRecord, wasAskedById: boolean): void {
		const { name, except } = this.circumstances;
		const awaited = this.pending.get(record.request_id);
		if (awaited && wasAskedById && isOfOther(record, name)) {
			this.pending.delete(awaited.id);
		} else if (awaited) {
			this.update(awaited, record);
		} else if (this.isFirst || isOpenTo(this.scope, createdAt(record))) {
			if (!except.has(record.model)) this.add(record);
			else if (hasEnded(record)) this.remember(record);
		}
	}

	private update(awaited: Pending, record: RequestRecord): void {
		if (!hasEnded(record)) {
			const { id, createdAt: at, listOnly } = awaited;
			this.pending.set(id, { id, createdAt: at, ...(listOnly ? { listOnly } : {}) });
		} else if (this.seenKeys.has(endKey(record)) || !this.isWanted(record)) {
			this.pending.delete(awaited.id);
			this.remember(record);
		} else {
			this.pending.set(awaited.id, { ...awaited, endedAt: endedAt(record) });
		}
	}

	private add(record: RequestRecord): void {
		const ended = hasEnded(record);
		if (ended && this.seenKeys.has(endKey(record))) return;
		if (ended && (this.isHistory(record) || !this.isWanted(record))) {
			this.remember(record);
		} else if (this.pending.size >= MOST_PENDING) {
			this.isFull = true;
		} else {
			this.pending.set(record.request_id, {
				id: record.request_id,
				createdAt: createdAt(record),
				...(ended ? { endedAt: endedAt(record) } : {}),
			});
		}
	}

	/** Below the floor nothing was read at first, so only the time of the end tells history apart. */
	private isHistory(record: RequestRecord): boolean {
		const { floor, historyUntil, round } = this.scope;
		if (this.isFirst) return true;
		if (historyUntil === undefined) return false;
		if (createdAt(record) >= floor && round === undefined) return false;
		return endedAt(record) < historyUntil;
	}

	private isWanted(record: RequestRecord): boolean {
		return this.circumstances.events.includes(phaseOf(record));
	}

	private remember(record: RequestRecord): void {
		const key = endKey(record);
		if (this.seenKeys.has(key)) return;
		this.seenKeys.add(key);
		this.seen.push([key, createdAt(record)]);
	}
}

/** A model taken over from the list of all models brings along requests of others. */
function isOfOther({ model }: RequestRecord, scope: string): boolean {
	const plain = (name: string) => name.trim().toLowerCase();
	return scope !== ALL_MODELS && model !== '' && plain(model) !== plain(scope);
}

/** Those asked for in this poll go last, so that each gets its turn; those open for too long go. */
function order(all: Map<string, Pending>, { byId, unknown }: Scan, gmiNow: number): Pending[] {
	const hidden = new Set(unknown);
	const entries = [...all.values()]
		.filter((entry) => entry.endedAt !== undefined || gmiNow - entry.createdAt < FOLLOWED_FOR_S)
		.map((entry) => (hidden.has(entry.id) ? { ...entry, listOnly: true } : entry));
	const wasAsked = ({ id }: Pending) => byId.has(id) || hidden.has(id);
	return [...entries.filter((entry) => !wasAsked(entry)), ...entries.filter(wasAsked)];
}
