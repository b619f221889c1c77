import { asError } from '../../shared/flow/asError';
import { lookupError } from '../../shared/errors/lookupError';
import { pause } from '../../shared/flow/pause';
import { createModelReader } from '../../shared/models/catalogue';
import type { GmiModel } from '../../shared/models/types';
import { GmiFault, PASSING_FAULTS } from '../../shared/queue/fault';
import type { GmiQueue } from '../../shared/queue/types';
import type { GmiContext } from '../../shared/queue/http';
import type { RunOptions } from './runOptions';

const TRIES = 3;
const PAUSE_MS = 1_500;

/**
 * Reads the details of a run's models, each once; what may pass is tried again.
 *
 * @returns undefined for details that cannot be had when validation is off
 * @throws NodeApiError naming the model, and the nearest one when GMI does not know it
 */
export function detailsReader(
	context: GmiContext,
	queue: GmiQueue,
	{ skipValidation }: RunOptions,
	signal: AbortSignal | undefined,
): (id: string) => Promise<GmiModel | undefined> {
	const reader = createModelReader(queue);
	const known = new Map<string, Promise<GmiModel | undefined>>();

	async function read(id: string): Promise<GmiModel | undefined> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await reader(id);
			} catch (error) {
				if (skipValidation && error instanceof GmiFault && error.kind !== 'badKey')
					return undefined;
				if (attempt >= TRIES || !mayPass(error)) throw asError(error);
				await pause(PAUSE_MS * attempt, signal);
			}
		}
	}

	return async (id) => {
		const details = known.get(id) ?? read(id);
		known.set(id, details);
		try {
			return await details;
		} catch (error) {
			// A new one for each item: n8n's errors carry the item they belong to.
			throw await lookupError(context.getNode(), queue, error, { model: id });
		}
	};
}

function mayPass(error: unknown): boolean {
	return error instanceof GmiFault && PASSING_FAULTS.includes(error.kind);
}
