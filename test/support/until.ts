/** Waits, without Node's timers. */
export async function rest(ms: number): Promise<void> {
	await new Promise((resolve) => AbortSignal.timeout(ms).addEventListener('abort', resolve));
}

/**
 * Looks again until there is something.
 *
 * @throws {Error} when there is nothing after that many seconds
 */
export async function until<T>(
	what: string,
	seconds: number,
	look: () => Promise<T | undefined>,
): Promise<T> {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() > end) throw new Error(`No ${what} after ${seconds} s`);
		await rest(200);
	}
}
