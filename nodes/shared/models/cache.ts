/** What a lookup answered, kept for a while. */
export interface Cache<T> {
	/** The kept answer, or the one `load` gives. Asks at the same time share one load; failures are not kept. */
	get(key: string, load: () => Promise<T>): Promise<T>;
	/** The kept answer however old it is; never loads. */
	peek(key: string): T | undefined;
}

interface Entry<T> {
	answer: Promise<T>;
	value?: T;
	loadedAt?: number;
}

/** A cache of at most `size` answers, each good for `lifetimeMs`; the longest unused goes first. */
export function createCache<T>({
	lifetimeMs,
	size,
}: {
	lifetimeMs: number;
	size: number;
}): Cache<T> {
	const entries = new Map<string, Entry<T>>();

	function isFresh({ loadedAt }: Entry<T>): boolean {
		if (loadedAt === undefined) return true;
		const age = Date.now() - loadedAt;
		return age >= 0 && age < lifetimeMs;
	}

	function keep(key: string, entry: Entry<T>): void {
		entries.delete(key);
		entries.set(key, entry);
		for (const oldest of entries.keys()) {
			if (entries.size <= size) break;
			entries.delete(oldest);
		}
	}

	async function fill(key: string, entry: Entry<T>, load: () => Promise<T>): Promise<T> {
		try {
			entry.value = await load();
			entry.loadedAt = Date.now();
			return entry.value;
		} finally {
			if (entry.loadedAt === undefined && entries.get(key) === entry) entries.delete(key);
		}
	}

	return {
		async get(key, load) {
			const kept = entries.get(key);
			if (kept && isFresh(kept)) {
				keep(key, kept);
				return await kept.answer;
			}
			const entry = {} as Entry<T>;
			entry.answer = fill(key, entry, load);
			keep(key, entry);
			return await entry.answer;
		},

		peek: (key) => entries.get(key)?.value,
	};
}
