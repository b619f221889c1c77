import { pause, throwIfCancelled } from '../flow/pause';

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 60_000;

/**
 * The pace of one model's submits. A refusal for load stops all of them for as long as GMI asks, or
 * for a growing, jittered time when it does not; afterwards one goes first, and each acceptance
 * lets one more run beside it, so that a tight limit is not run into again by the whole batch.
 */
export class ModelPace {
	private openAt = 0;
	private running = 0;
	private width = Infinity;
	private refusals = 0;
	private lastProgress = Date.now();
	private wake: Array<() => void> = [];

	constructor(
		private readonly signal: AbortSignal | undefined,
		private readonly random: () => number = Math.random,
	) {}

	/** Milliseconds since GMI last accepted a submit of this model, or since the first try. */
	get idleMs(): number {
		return Date.now() - this.lastProgress;
	}

	/** Waits for this model's turn, then runs the submit. */
	async run<T>(submit: () => Promise<T>): Promise<T> {
		await this.turn();
		this.running++;
		try {
			return await submit();
		} finally {
			this.running--;
			this.wakeAll();
		}
	}

	accepted(): void {
		this.refusals = 0;
		this.width++;
		this.lastProgress = Date.now();
		this.wakeAll();
	}

	refused(retryAfterMs: number | undefined): void {
		const grown = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.refusals);
		const delay = retryAfterMs ?? grown * (0.5 + this.random() / 2);
		this.refusals++;
		this.width = 1;
		// A little later than asked for: the two clocks and the network are not exact.
		this.openAt = Math.max(this.openAt, Date.now() + delay + this.random() * 250);
	}

	private async turn(): Promise<void> {
		for (;;) {
			throwIfCancelled(this.signal);
			const wait = this.openAt - Date.now();
			if (wait > 0) await pause(wait, this.signal);
			else if (this.running < this.width) return;
			else await new Promise<void>((resolve) => this.wake.push(resolve));
		}
	}

	private wakeAll(): void {
		for (const resolve of this.wake.splice(0)) resolve();
	}
}
