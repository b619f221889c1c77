import { GmiFault } from '../queue/fault';
import type { GmiQueue, ModelDetail } from '../queue/types';
import { createCache } from './cache';
import { isObject } from './json';
import { readModel } from './readModel';
import type { GmiModel, ModelKind } from './types';

/** A model's details are good for this long: they change with GMI's releases, not within an edit. */
export const DETAIL_LIFETIME_MS = 5 * 60_000;

/** Details as GMI sent them, and as the package reads them. Shared between callers: not to be changed. */
export interface ReadModel {
	detail: ModelDetail;
	model: GmiModel;
}

/** Kept for the whole process, so that an editor's many small questions cost one call per model. */
const details = createCache<ReadModel>({ lifetimeMs: DETAIL_LIFETIME_MS, size: 200 });

function keyOf({ account }: GmiQueue, id: string): string {
	return `${account} ${id}`;
}

/**
 * Gives a model's details together with what was read out of them. One free call per model and five minutes.
 *
 * @throws GmiFault as `GmiQueue.getModel` does; a failed call is not remembered
 */
export async function readDetail(queue: GmiQueue, id: string): Promise<ReadModel> {
	return await details.get(keyOf(queue, id), async () => {
		const detail = await queue.getModel(id);
		if (!isObject(detail)) {
			throw new GmiFault({ kind: 'unreadable', providerText: 'the reply holds no details' });
		}
		return { detail, model: readModel(id, detail) };
	});
}

/** Reads models by id, each fetched once and kept for five minutes; see `readDetail` for what it throws. */
export function createModelReader(queue: GmiQueue): (id: string) => Promise<GmiModel> {
	return async (id) => (await readDetail(queue, id)).model;
}

/** The kind of a model whose details have been read before; undefined for all others. Costs nothing. */
export function readKind(queue: GmiQueue, id: string): ModelKind | undefined {
	return details.peek(keyOf(queue, id))?.model.kind;
}
