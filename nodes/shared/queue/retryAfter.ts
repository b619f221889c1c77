/**
 * How long a refused call should wait, in milliseconds, or undefined when the reply does not say.
 * GMI puts `rate_limit.retry_after_ms` into the body of a 429 (observed) and sometimes only the
 * sentence "Retry in 29970 ms."; the header `Retry-After`, in seconds or as a date, is unproven and read too.
 */
export function readRetryAfter(
	body: unknown,
	headers: Record<string, unknown>,
	now: number = Date.now(),
): number | undefined {
	const limit = (body as { rate_limit?: { retry_after_ms?: unknown } } | undefined)?.rate_limit;
	const stated = Number(limit?.retry_after_ms);
	if (limit?.retry_after_ms !== undefined && stated >= 0) return stated;

	const header = headers['retry-after'];
	if (typeof header === 'string' && header.trim() !== '') {
		const seconds = Number(header);
		if (seconds >= 0) return seconds * 1000;
		const date = Date.parse(header);
		if (!Number.isNaN(date)) return Math.max(0, date - now);
	}

	const sentence = /retry in (\d+(?:\.\d+)?)\s*ms/i.exec(JSON.stringify(body ?? '').slice(0, 2000));
	return sentence ? Number(sentence[1]) : undefined;
}
