import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { toNodeError } from './nodeError';
import { nearestModel, readCatalogue } from '../models/catalogue';
import { GmiFault } from '../queue/fault';
import type { GmiQueue } from '../queue/types';

/**
 * n8n's error for a lookup that failed, of the model list or of one model. When GMI does not know the model,
 * the description names the nearest one it does know; that may cost the free call for the list.
 */
export async function lookupError(
	node: INode,
	queue: GmiQueue,
	error: unknown,
	place: { model?: string; item?: number } = {},
): Promise<NodeApiError | NodeOperationError> {
	const model = place.model?.trim();
	const isUnknown = model !== undefined && error instanceof GmiFault && error.kind === 'notFound';
	const nearest = isUnknown
		? nearestModel(await readCatalogue(queue).catch(() => []), model)
		: undefined;
	return toNodeError(node, error, {
		...place,
		...(model === undefined ? {} : { model }),
		...(nearest === undefined ? {} : { besides: `The nearest in the list is "${nearest}".` }),
	});
}
