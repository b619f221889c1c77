import type { Settings } from '../settings.mjs';
import type { Endpoint } from './exchange.mjs';

/** What is remembered of one call. */
export interface WireEntry {
	number: number;
	/** Milliseconds since 1970, and how long the call took. */
	time: number;
	tookMs?: number;
	server: 'api' | 'storage';
	endpoint: Endpoint;
	method: string;
	path: string;
	query: Record<string, string>;
	/** Absent while the call is open. */
	status?: number;
	authorized: boolean;
	/** The account's label, never the key. */
	key?: string;
	organization?: string;
	headers: Record<string, string>;
	model?: string;
	requestId?: string;
	/** Name of the fault that answered. */
	fault?: string;
	bodyBytes: number;
	body?: unknown;
	bodyDropped?: boolean;
	sentBytes: number;
	/** The client went away before the reply was complete. */
	aborted: boolean;
}

export interface LogFilter {
	server?: WireEntry['server'];
	endpoint?: Endpoint;
	method?: string;
	model?: string;
	path?: string;
	status?: number;
	fault?: string;
	/** Only entries after this number. */
	after?: number;
	limit?: number;
}

const kept = ['user-agent', 'accept', 'accept-encoding', 'content-type', 'content-length', 'host'];

export function keptHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
	const pairs = [...kept, 'transfer-encoding', 'range'].flatMap((name) => {
		const value = headers[name];
		return value === undefined ? [] : [[name, String(value)]];
	});
	return Object.fromEntries(pairs);
}

/** A bounded record of every call. */
export class WireLog {
	private entries: WireEntry[] = [];
	private lastNumber = 0;
	private bodyTotal = 0;

	constructor(private readonly settings: () => Settings) {}

	open(entry: Omit<WireEntry, 'number'>): WireEntry {
		const numbered = { ...entry, number: ++this.lastNumber };
		this.entries.push(numbered);
		const surplus = this.entries.length - this.settings().logEntries;
		// Shifting one by one would move the whole log each time.
		if (surplus > 1000) this.entries = this.entries.slice(surplus);
		return numbered;
	}

	/** Keeps the body while it is small enough and the budget lasts. */
	keepBody(entry: WireEntry, body: unknown): void {
		const { logBodyBytes, logBodyBudget } = this.settings();
		if (entry.bodyBytes > logBodyBytes || this.bodyTotal + entry.bodyBytes > logBodyBudget) {
			entry.bodyDropped = true;
			return;
		}
		this.bodyTotal += entry.bodyBytes;
		entry.body = body;
	}

	find(filter: LogFilter = {}): WireEntry[] {
		const { after = 0, limit, path } = filter;
		const exact = (['server', 'endpoint', 'method', 'model', 'status', 'fault'] as const).filter(
			(name) => filter[name] !== undefined,
		);
		const found = this.entries.filter(
			(entry) =>
				entry.number > after &&
				(path === undefined || entry.path.includes(path)) &&
				exact.every((name) => entry[name] === filter[name]),
		);
		return limit === undefined ? found : found.slice(-limit);
	}

	clear(): void {
		this.entries = [];
		this.bodyTotal = 0;
	}
}
