import { sleep } from 'n8n-workflow';

/** Thrown when the execution was cancelled; the router turns it into n8n's own cancellation. */
export class Cancelled extends Error {
	constructor() {
		super('Execution canceled');
		this.name = 'ExecutionCancelledError';
	}
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new Cancelled();
}

/**
 * Waits, and stops waiting at once when the signal aborts. n8n-workflow's `sleep` heeds a signal only
 * from 2.34 on, so the abort is listened for here as well.
 *
 * @throws Cancelled when the signal aborts
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	throwIfCancelled(signal);
	const timer = new AbortController();
	try {
		await orCancelled(
			sleep(ms, timer.signal).catch(() => {}),
			signal,
		);
	} finally {
		timer.abort();
	}
}

/**
 * Waits for work that heeds no signal, and leaves it to itself when the signal aborts.
 *
 * @throws Cancelled when the signal aborts
 */
export async function orCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (signal === undefined) return await work;
	// Left to itself, it may still fail.
	work.catch(() => {});
	throwIfCancelled(signal);

	let stopListening = () => {};
	const aborted = new Promise<never>((_resolve, reject) => {
		stopListening = onAbort(signal, () => reject(new Cancelled()));
	});
	try {
		const result = await Promise.race([work, aborted]);
		throwIfCancelled(signal);
		return result;
	} finally {
		stopListening();
	}
}

/** Resolves when the signal aborts; never without one. */
export async function untilAborted(signal: AbortSignal | undefined): Promise<void> {
	await new Promise<void>((resolve) => {
		if (signal) onAbort(signal, resolve);
	});
}

/** Waits for a task that never rejects, but no longer than this many milliseconds. */
export async function waitAtMost(ms: number, task: Promise<unknown>): Promise<void> {
	const enough = new AbortController();
	const timer = pause(ms, enough.signal).catch(() => {});
	await Promise.race([task, timer]);
	enough.abort();
}

const reactions = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Reacts to an abort, also to one that has been. A signal has one listener here, however many wait for
 * it: Node warns of more than ten.
 *
 * @returns what ends the reaction
 */
export function onAbort(signal: AbortSignal, react: () => void): () => void {
	if (signal.aborted) {
		react();
		return () => {};
	}
	const known = reactions.get(signal);
	const all = known ?? new Set();
	all.add(react);
	if (known === undefined) {
		reactions.set(signal, all);
		signal.addEventListener('abort', () => all.forEach((each) => each()), { once: true });
	}
	return () => all.delete(react);
}
