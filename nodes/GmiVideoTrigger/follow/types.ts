/**
 * What the trigger remembers from poll to poll, as n8n's static data keeps it. All times are unix seconds on
 * GMI's clock unless they say otherwise.
 */
export interface FollowState {
	/** By model id; `ALL_MODELS` when the list of all models is followed. */
	scopes: Record<string, ScopeState>;
	/** Local clock: since when GMI has not answered. */
	faultySince?: number;
}

/** The name of the scope that is read through the list without a model. */
export const ALL_MODELS = '*';

export interface ScopeState {
	/** Whatever was made before is settled, but for `pending` and `gaps`; from here on `seen` decides. */
	floor: number;
	/** How far the list was known at earlier times: the floor follows them at a distance. */
	marks: Mark[];
	/** Older stretches of the list that are still to be read, newest first. */
	gaps: Gap[];
	/** Requests to be told about: still open, or ended and not yet handed to n8n. */
	pending: Pending[];
	/** Ends that were handled, as `endKey` writes them, with the time the request was made. */
	seen: Array<[key: string, createdAt: number]>;
	/** Set while the first reading of the list goes on: what had ended before is history. */
	historyUntil?: number;
	/** Set while the list does not come newest first: it is then read round and round. */
	round?: Round;
	/** Where the search for requests that only the list shows goes on. */
	searchOffset?: number;
	/** Followed to its next complete reading only, because the list of all models takes over. */
	retiring?: boolean;
}

export interface Mark {
	/** Local clock. */
	at: number;
	newest: number;
}

/** Requests made from `low` to `high` are still to be read; the list goes on at `offset`. */
export interface Gap {
	low: number;
	high: number;
	offset: number;
}

export interface Round {
	offset: number;
	/** The newest request known when this round began. */
	newest: number;
	/** The list was found out of order on the way. */
	isBroken: boolean;
}

export interface Pending {
	id: string;
	createdAt: number;
	/** When it ended; absent while it is open. */
	endedAt?: number;
	/** Polls that could not hand it to n8n. */
	tries?: number;
	/** GMI answers 404 by id, as it does for requests of its web console: only the list shows it. */
	listOnly?: boolean;
}

/** How long after it was made a request may first show in the list without being missed. */
export const OVERLAP_S = 10 * 60;

/** The same for a list that does not come newest first, where a reading is less sure. */
export const UNSORTED_OVERLAP_S = 24 * 60 * 60;

/** Neighbours in the list may be out of order by so much: GMI's machines need not share one clock. */
export const ORDER_TOLERANCE_S = 60;

/** A request that is open for so long is no longer followed: GMI's dead models never end theirs. */
export const FOLLOWED_FOR_S = 7 * 24 * 60 * 60;

/** Pages of the list read in one poll of one scope; the rest is taken up in the next. */
export const PAGES_PER_POLL = 10;

/** Requests deeper in the list than this are not looked for. */
export const DEEPEST_OFFSET = 10_000;

export const MOST_PENDING = 1_000;

/** Ends remembered; beyond, the floor rises, so that nothing is told twice. */
export const MOST_SEEN = 5_000;

/** Stretches left open at a time; with more, the newest is read again instead of being left. */
export const MOST_GAPS = 4;
