/** Requests that belong to an item of a run under way, in every execution of this process. */
const claimedByRuns = new Map<string, number>();

/**
 * Which requests belong to an item of this run, so that a request found in GMI's list is adopted
 * once. Released when the run ends: later runs are told apart by time.
 */
export class Claims {
	private readonly own = new Set<string>();

	/** Takes a request that no item of any run under way has; false when one has it. */
	take(requestId: string): boolean {
		if (claimedByRuns.has(requestId)) return false;
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
		return claimedByRuns.has(requestId);
	}

	release(): void {
		for (const id of this.own) {
			const holders = (claimedByRuns.get(id) ?? 1) - 1;
			if (holders > 0) claimedByRuns.set(id, holders);
			else claimedByRuns.delete(id);
		}
		this.own.clear();
	}

	private add(requestId: string): void {
		this.own.add(requestId);
		claimedByRuns.set(requestId, (claimedByRuns.get(requestId) ?? 0) + 1);
	}
}
