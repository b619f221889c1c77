/**
 * How long a request stays taken after its run has ended. An identical submit of another run may still be
 * in doubt then, and must not take it for its own.
 */
const KEPT_FOR_MS = 24 * 3_600_000;

interface Claim {
	/** Runs under way that have this request. */
	holders: number;
	/** Local time until which it stays taken once no run has it. */
	keptUntil: number;
}

/** Requests that belong to an item of a run, in every execution of this process; oldest first. */
const claimed = new Map<string, Claim>();

/**
 * Which requests belong to an item of this run, so that a request found in GMI's list is adopted
 * once.
 */
export class Claims {
	private readonly own = new Set<string>();
	private released = false;

	/** Takes a request that no item of any run has; false when one has it. */
	take(requestId: string): boolean {
		if (this.isTaken(requestId)) return false;
		this.add(requestId);
		return true;
	}

	/** Takes a request that no item of this run has: another execution may share it. */
	share(requestId: string): boolean {
		if (this.own.has(requestId)) return false;
		this.add(requestId);
		return true;
	}

	isTaken(requestId: string): boolean {
		return claimed.has(requestId);
	}

	/** Ends the run's hold; an answer that comes later still is noted. */
	release(): void {
		this.released = true;
		for (const id of this.own) {
			const claim = claimed.get(id);
			if (claim) keep(id, claim.holders - 1);
		}
	}

	private add(requestId: string): void {
		forgetOld();
		this.own.add(requestId);
		keep(requestId, (claimed.get(requestId)?.holders ?? 0) + (this.released ? 0 : 1));
	}
}

function keep(requestId: string, holders: number): void {
	claimed.delete(requestId);
	claimed.set(requestId, { holders, keptUntil: Date.now() + KEPT_FOR_MS });
}

function forgetOld(): void {
	for (const [id, { holders, keptUntil }] of claimed) {
		if (keptUntil > Date.now()) return;
		if (holders <= 0) claimed.delete(id);
	}
}
