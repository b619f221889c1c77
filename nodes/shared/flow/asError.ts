/** What was thrown, as an error: anything can be thrown, and only errors carry words on. */
export function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}
