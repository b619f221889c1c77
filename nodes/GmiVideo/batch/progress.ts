import type { IExecuteFunctions } from 'n8n-workflow';

import { duration } from '../../shared/errors/failureWords';
import { STALLED_AFTER_MS } from '../../shared/jobs/openJob';
import type { RequestRecord } from '../../shared/queue/types';

const REPORT_EVERY_MS = 5_000;

/** Tells how a run gets on: in n8n's log, in the browser console of a manual run, and as hints. */
export class Progress {
	private readonly status = new Map<string, string>();
	private reportedAt = 0;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly total: number,
	) {}

	saw({ request_id, status }: RequestRecord): void {
		this.status.set(request_id, status);
		const now = Date.now();
		if (now - this.reportedAt < REPORT_EVERY_MS && this.status.size < this.total) return;
		this.reportedAt = now;
		const text = `GMI Cloud: ${this.summary()}`;
		this.context.logger.debug(text);
		if (this.context.getMode() === 'manual') this.context.sendMessageToUI(text);
	}

	stalled({ request_id, model }: RequestRecord): void {
		this.hint(
			`GMI Cloud has not touched request ${request_id} for ${duration(STALLED_AFTER_MS)}: the model "${model}" takes requests but has not started this one`,
		);
	}

	hint(message: string): void {
		this.context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}

	private summary(): string {
		const counts = new Map<string, number>();
		for (const status of this.status.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
		const parts = [...counts].map(([status, count]) => `${count} ${status}`);
		const waiting = this.total - this.status.size;
		if (waiting > 0) parts.push(`${waiting} not sent yet`);
		return `${parts.join(', ')} of ${this.total}`;
	}
}
