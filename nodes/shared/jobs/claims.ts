/** How long a claim is remembered: longer than any submit may stay without an answer. */
const CLAIM_LIFE_MS = 60 * 60 * 1000;

/**
 * Requests that belong to an item, in every execution of this process: a request found in the
 * list is adopted by one item only.
 */
const claims = new Map<string, number>();

/** Takes the request for the caller; false when another item already has it. */
export function claim(requestId: string): boolean {
	forgetOld();
	if (claims.has(requestId)) return false;
	claims.set(requestId, Date.now());
	return true;
}

export function isClaimed(requestId: string): boolean {
	return claims.has(requestId);
}

export function release(requestId: string): void {
	claims.delete(requestId);
}

function forgetOld(): void {
	const oldest = Date.now() - CLAIM_LIFE_MS;
	for (const [id, since] of claims) {
		if (since >= oldest) return;
		claims.delete(id);
	}
}
