import type { IContextObject, IDataObject } from 'n8n-workflow';

/** Payloads above this size (characters of JSON) are not kept: files sent inline would fill the execution. */
const LARGEST_PAYLOAD = 50_000;

/** What one item's submit came to: accepted under an id, or sent with an end that proved nothing. */
export interface LedgerEntry {
	item: number;
	identity: string;
	attempt: string;
	/** Set once accepted. */
	requestId?: string;
	/** GMI's time in milliseconds when the submit began; set while its end is unknown. */
	uncertainSince?: number;
	/** What was sent, with `uncertainSince`: files uploaded again would get other addresses. */
	payload?: IDataObject;
}

/** Attempts under way in this process: their entries belong to them, not to a retry. */
const activeAttempts = new Set<string>();

let attemptCount = 0;

/**
 * What this execution has submitted, kept in n8n's execution context. n8n's Retry On Fail runs
 * the node again for every item, and so does a manual retry of the execution: both find here what
 * the earlier attempt got accepted.
 */
export class Ledger {
	private readonly attempt = `${Date.now()}-${attemptCount++}`;
	private readonly entries: LedgerEntry[];

	/**
	 * @param context `getContext('node')` of the running node
	 * @param runIndex which run of the node within the execution this is; a loop has several
	 */
	constructor(
		private readonly context: IContextObject,
		private readonly runIndex: number,
	) {
		const ledgers = (context.gmiSubmits ?? {}) as Record<string, LedgerEntry[]>;
		this.entries = ledgers[this.runIndex] ?? [];
		this.context.gmiSubmits = { ...ledgers, [this.runIndex]: this.entries };
		activeAttempts.add(this.attempt);
	}

	/** What an earlier attempt left for this item, if its content is still the same. */
	find(item: number, identity: string): LedgerEntry | undefined {
		return this.entries.find(
			(entry) => entry.item === item && entry.identity === identity && this.isOurs(entry.attempt),
		);
	}

	accepted(item: number, identity: string, requestId: string): void {
		this.replace({ item, identity, attempt: this.attempt, requestId });
	}

	uncertain(item: number, identity: string, since: number, payload: IDataObject): void {
		const keep = JSON.stringify(payload).length <= LARGEST_PAYLOAD;
		this.replace({
			item,
			identity,
			attempt: this.attempt,
			uncertainSince: since,
			...(keep ? { payload } : {}),
		});
	}

	forget(item: number): void {
		const index = this.entries.findIndex(
			(entry) => entry.item === item && this.isOurs(entry.attempt),
		);
		if (index >= 0) this.entries.splice(index, 1);
	}

	/** Ends this attempt. A complete one is never retried, so its entries go. */
	close(complete: boolean): void {
		activeAttempts.delete(this.attempt);
		if (!complete) return;
		const ledgers = { ...(this.context.gmiSubmits as Record<string, LedgerEntry[]>) };
		delete ledgers[this.runIndex];
		this.context.gmiSubmits = ledgers;
	}

	private isOurs(attempt: string): boolean {
		return attempt === this.attempt || !activeAttempts.has(attempt);
	}

	private replace(entry: LedgerEntry): void {
		this.forget(entry.item);
		this.entries.push(entry);
	}
}
