const SHORTEST_MS = 2_000;
const LONGEST_MS = 15_000;

/**
 * How long to wait before the next look at jobs of this age (both in milliseconds): about a tenth of
 * the age, so that watching costs little and the end is seen little later than it came. Jittered
 * downwards by up to a tenth, never below two seconds.
 *
 * @param fixedMs the user's own interval; 0 = adaptive
 */
export function checkInterval(ageMs: number, fixedMs: number, random = Math.random): number {
	if (fixedMs > 0) return fixedMs;
	const tenth = Math.min(LONGEST_MS, ageMs / 10);
	return Math.max(SHORTEST_MS, Math.round(tenth * (1 - random() / 10)));
}
