import { sleep } from 'n8n-workflow';

const START = Date.parse('2026-01-05T12:00:00Z');

/** Puts the test on a clock that only `settle` moves. */
export function useFakeClock(now = START): void {
	jest.useFakeTimers({ now });
}

/** Lets everything go on that waits for no timer. */
async function drain(): Promise<void> {
	for (let i = 0; i < 100; i++) await Promise.resolve();
}

/** Moves the clock on, from timer to timer, until the work has ended; fails after so much time. */
export async function settle<T>(work: Promise<T>, withinMs = 3 * 3_600_000): Promise<T> {
	let ended = false;
	const watched = work.finally(() => {
		ended = true;
	});
	watched.catch(() => {});
	const limit = Date.now() + withinMs;
	await drain();
	while (!ended) {
		if (Date.now() > limit) throw new Error(`not ended after ${withinMs} ms`);
		for (let i = 0; i < 200 && jest.getTimerCount() === 0 && !ended; i++) await drain();
		if (ended) break;
		if (jest.getTimerCount() === 0) throw new Error('nothing left to wait for, and not ended');
		jest.advanceTimersToNextTimer();
		await drain();
	}
	return await watched;
}

/** Moves the clock on by so much. */
export async function pass(ms: number): Promise<void> {
	await settle(sleep(ms));
}
