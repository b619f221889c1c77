import type { RateLimit, Settings } from '../settings.mjs';
import { json, type Reply } from '../wire/reply.mjs';

/** The 429 that names the wait only in its body. */
export function rateLimitReply(
	model: string,
	limit: number,
	intervalMs: number,
	retryAfterMs: number,
	headers?: Record<string, string>,
): Reply {
	const interval = intervalMs / 1000;
	return json(
		429,
		{
			error: `Rate limit exceeded for model ${model}: ${limit} requests per ${interval} seconds. Retry in ${retryAfterMs} ms.`,
			rate_limit: {
				limit_type: 'RPM',
				limit,
				interval_seconds: interval,
				retry_after_ms: retryAfterMs,
			},
		},
		headers,
	);
}

/** Counts submits per organisation and model over a sliding interval. */
export class RateLimiter {
	private readonly times = new Map<string, number[]>();

	/** The refusal, or undefined when the submit may pass (and is then counted). */
	check(organization: string, model: string, settings: Settings): Reply | undefined {
		const rule = settings.rateLimits.find(({ model: id }) => id === model || id === '*');
		return rule && this.apply(rule, `${organization} ${model}`, model, settings.rateLimitHeader);
	}

	private apply(rule: RateLimit, key: string, model: string, header: boolean): Reply | undefined {
		const now = Date.now();
		const recent = (this.times.get(key) ?? []).filter((time) => time > now - rule.intervalMs);
		this.times.set(key, recent);
		if (recent.length < rule.limit) {
			recent.push(now);
			return undefined;
		}
		const wait = Math.max(1, recent[recent.length - rule.limit] + rule.intervalMs - now);
		const headers = header ? { 'retry-after': String(Math.ceil(wait / 1000)) } : undefined;
		return rateLimitReply(model, rule.limit, rule.intervalMs, wait, headers);
	}
}
