import { Matcher, type Match } from '../matcher.mjs';
import type { FinalStatus, JobStatus } from './job.mjs';

/** What shall become of requests that are submitted later. */
export interface PlanSpec extends Match {
	durationMs?: number | null;
	ends?: FinalStatus;
	/** Name of a failure shape. */
	shape?: string;
	reason?: string;
	outputs?: number;
	firstStatus?: JobStatus;
}

export class Plans {
	private readonly plans: Array<{ spec: PlanSpec; matcher: Matcher }> = [];

	add(spec: PlanSpec): void {
		this.plans.push({ spec, matcher: new Matcher(spec) });
	}

	take(model: string, payload: unknown): PlanSpec | undefined {
		const text = JSON.stringify(payload);
		return this.plans.find(({ matcher }) => matcher.takes({ model, text }))?.spec;
	}
}
