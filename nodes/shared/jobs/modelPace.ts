import { pause, throwIfCancelled } from '../flow/pause';
import { GmiFault } from '../queue/fault';

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
	private refusedSince?: number;
	private wake: Array<() => void> = [];

	/** GMI's last refusal for load. */
	lastRefusal?: GmiFault;

	constructor(
		private readonly signal: AbortSignal | undefined,
		private readonly random: () => number = Math.random,
	) {}

	/** How long GMI has been refusing every submit of this model, in milliseconds. */
	get refusedForMs(): number {
		return this.refusedSince === undefined ? 0 : Date.now() - this.refusedSince;
	}

	/** Whether a submit may run now. */
	get isOpen(): boolean {
		return Date.now() >= this.openAt && this.running < this.width;
	}

	/**
	 * Waits until a submit of this model may run.
	 *
	 * @param patienceMs how long GMI may go on refusing the model
	 * @returns false when GMI refuses, or asks to wait, for longer than that
	 */
	async turn(patienceMs: number): Promise<boolean> {
		for (;;) {
			throwIfCancelled(this.signal);
			const now = Date.now();
			const opensAt = Math.max(now, this.openAt);
			if (opensAt - (this.refusedSince ?? opensAt) >= patienceMs) return false;
			if (opensAt > now) await pause(opensAt - now, this.signal);
			else if (this.isOpen) return true;
			else await new Promise<void>((resolve) => this.wake.push(resolve));
		}
	}

	/** Runs a submit, and goes by how it ends. */
	async run<T>(submit: () => Promise<T>): Promise<T> {
		this.running++;
		try {
			const result = await submit();
			this.accepted();
			return result;
		} catch (error) {
			if (isRefusalForLoad(error)) this.refused(error);
			throw error as Error;
		} finally {
			this.running--;
			this.wakeAll();
		}
	}

	private accepted(): void {
		// One step back only: where GMI does not say how long to wait, the next limit is as far.
		this.refusals = Math.max(0, this.refusals - 1);
		this.refusedSince = undefined;
		this.width++;
	}

	private refused(fault: GmiFault): void {
		const now = Date.now();
		// Submits that were under way together are refused together, which counts once.
		const again = now < this.openAt;
		this.lastRefusal = fault;
		this.refusedSince ??= now;
		this.width = 1;
		if (again && fault.retryAfterMs === undefined) return;

		const grown = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.refusals);
		const delay = fault.retryAfterMs ?? grown * (0.5 + this.random() / 2);
		if (!again) this.refusals++;
		// A little later than asked for: the two clocks and the network are not exact.
		this.openAt = Math.max(this.openAt, Math.ceil(now + delay + this.random() * 250));
	}

	private wakeAll(): void {
		for (const resolve of this.wake.splice(0)) resolve();
	}
}

/** Whether GMI refused a call for load alone, so that it may be sent again. */
export function isRefusalForLoad(error: unknown): error is GmiFault {
	return error instanceof GmiFault && ['rateLimited', 'capacity'].includes(error.kind);
}
