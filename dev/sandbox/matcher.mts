import { Random } from './random.mjs';
import type { Endpoint } from './wire/exchange.mjs';

/** Which calls something applies to. */
export interface Match {
	endpoint?: Endpoint;
	model?: string;
	/** A piece of the body as JSON text. */
	payload?: string;
	/** A piece of the path or query, e.g. a request id. */
	path?: string;
	/** How many matching calls are taken; the default is one, `"forever"` all. */
	times?: number | 'forever';
	/** How many matching calls go by first. */
	skip?: number;
	/** Only this matching call, counted from zero: short for `skip: n, times: 1`. */
	index?: number;
	/** Share (0 to 1) of the matching calls that is taken. */
	probability?: number;
	seed?: number;
}

export interface Call {
	endpoint?: Endpoint;
	model?: string;
	text?: string;
	path?: string;
}

export class Matcher {
	/** Calls that fitted, and calls that were taken. */
	seen = 0;
	taken = 0;
	private readonly random: Random;

	constructor(private readonly match: Match) {
		this.random = new Random(match.seed ?? 1);
	}

	takes(call: Call): boolean {
		if (!this.fits(call)) return false;
		const { index, skip = index ?? 0, times = 1, probability } = this.match;
		const number = this.seen++;
		if (number < skip) return false;
		if (times !== 'forever' && this.taken >= times) return false;
		if (probability !== undefined && this.random.next() >= probability) return false;
		this.taken++;
		return true;
	}

	private fits(call: Call): boolean {
		const { endpoint, model, payload, path } = this.match;
		return (
			(endpoint === undefined || endpoint === call.endpoint) &&
			(model === undefined || model === call.model) &&
			(payload === undefined || (call.text ?? '').includes(payload)) &&
			(path === undefined || (call.path ?? '').includes(path))
		);
	}
}
