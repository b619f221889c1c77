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
	/** Local time in milliseconds when the submit began; set while its end is unknown. */
	uncertainSince?: number;
	/** What was sent, with `uncertainSince`: files uploaded again would get other addresses. */
	payload?: IDataObject;
}

/** Attempts under way in this process: their entries belong to them, not to a retry. */
const activeAttempts = new Set<string>();

/** Calls that may still be answered, by `keyOf` their entry: a run that stops early leaves them open. */
const openCalls = new Map<string, Promise<unknown>>();

let attemptCount = 0;

/**
 * What this execution has submitted, kept in n8n's execution context. n8n's Retry On Fail runs
 * the node again for every item, and so does a manual retry of the execution: both find here what
 * the earlier attempt got accepted.
 */
export class Ledger {
	private readonly attempt = `${Date.now()}-${attemptCount++}-${Math.random()}`;
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

	/** What earlier attempts of this run got accepted. */
	get acceptedBefore(): Array<{ item: number; requestId: string }> {
		return this.entries.flatMap(({ item, requestId, attempt }) =>
			requestId === undefined || attempt === this.attempt ? [] : [{ item, requestId }],
		);
	}

	/** The call of an entry whose end is unknown, while it may still be answered. */
	openCall(entry: LedgerEntry): Promise<unknown> | undefined {
		return openCalls.get(keyOf(entry));
	}

	/** Remembers a call until it has ended. It must have noted its end here when it is over. */
	holdCall(item: number, call: Promise<unknown>): void {
		const key = keyOf({ attempt: this.attempt, item });
		openCalls.set(key, call);
		const drop = () => openCalls.delete(key);
		call.then(drop, drop);
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

function keyOf({ attempt, item }: Pick<LedgerEntry, 'attempt' | 'item'>): string {
	return `${attempt}/${item}`;
}
