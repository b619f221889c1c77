import type { Endpoint, Exchange } from './exchange.mjs';

class Gauge {
	now = 0;
	max = 0;

	enter(): void {
		this.max = Math.max(this.max, ++this.now);
	}

	leave(): void {
		this.now--;
	}
}

export type CountersView = ReturnType<Counters['view']>;

/** Sums that outlive the bounded log, and how much ran at the same time. */
export class Counters {
	readonly calls: Partial<Record<Endpoint, number>> = {};
	readonly statuses: Partial<Record<Endpoint, Record<string, number>>> = {};
	accepted = 0;
	readonly acceptedByModel: Record<string, number> = {};
	private readonly gauges = new Map<string, Gauge>();

	enter(exchange: Exchange): () => void {
		const { endpoint, model, entry } = exchange;
		this.calls[endpoint] = (this.calls[endpoint] ?? 0) + 1;
		const names: string[] = [entry.server, endpoint];
		if (endpoint === 'submit' && model !== undefined) names.push(`submit ${model}`);
		const gauges = names.map((name) => this.gauge(name));
		for (const gauge of gauges) gauge.enter();
		let open = true;
		return () => {
			if (!open) return;
			open = false;
			for (const gauge of gauges) gauge.leave();
			const byStatus = (this.statuses[endpoint] ??= {});
			const status = String(entry.status ?? 'none');
			byStatus[status] = (byStatus[status] ?? 0) + 1;
		};
	}

	accept(model: string): void {
		this.accepted++;
		this.acceptedByModel[model] = (this.acceptedByModel[model] ?? 0) + 1;
	}

	view() {
		const most = (name: string) => this.gauges.get(name)?.max ?? 0;
		const submits = [...this.gauges].filter(([name]) => name.startsWith('submit '));
		return {
			calls: this.calls,
			statuses: this.statuses,
			accepted: this.accepted,
			acceptedByModel: this.acceptedByModel,
			maxConcurrent: {
				api: most('api'),
				storage: most('storage'),
				submit: most('submit'),
				submitByModel: Object.fromEntries(
					submits.map(([name, gauge]) => [name.slice('submit '.length), gauge.max]),
				),
				get: most('get'),
				list: most('list'),
				put: most('put'),
				artifact: most('artifact'),
			},
		};
	}

	private gauge(name: string): Gauge {
		let gauge = this.gauges.get(name);
		if (!gauge) this.gauges.set(name, (gauge = new Gauge()));
		return gauge;
	}
}
