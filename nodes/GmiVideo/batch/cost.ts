import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { wordedFor } from '../../shared/items/errorItem';
import { totalCost } from '../../shared/models/price';
import type { BadItem, CheckedDraft } from './drafts';
import type { Progress } from './progress';

/**
 * Holds the run against its cost limit (US dollars; 0 = none) before anything is sent. What has no known
 * price is named in a hint, not guessed.
 *
 * @returns all drafts as bad items when the known price alone is above the limit and the node continues on fail
 * @throws NodeOperationError when it is above the limit and the node does not
 */
export function refuseByCost(
	context: IExecuteFunctions,
	drafts: CheckedDraft[],
	maxCost: number,
	progress: Progress,
): BadItem[] {
	if (maxCost <= 0 || drafts.length === 0) return [];
	const { usd, unknown } = totalCost(drafts.map(({ cost }) => cost));
	const besides = unknown.length > 0 ? ` Not counted: ${unknown.join('; ')}.` : '';
	if (usd > maxCost) {
		const refusal = () =>
			new NodeOperationError(
				context.getNode(),
				`This run would cost at least $${usd}, more than the Max Cost of $${maxCost}`,
				{
					description: `${drafts.length} requests at the prices GMI Cloud states. Nothing was sent.${besides} Raise Max Cost, send fewer items, or choose a shorter or cheaper video.`,
				},
			);
		if (!context.continueOnFail()) throw wordedFor(context, refusal());
		// One error each, as an item's index becomes part of its words.
		return drafts.map(({ item }) => ({ item, error: refusal() }));
	}
	if (unknown.length > 0) {
		progress.hint(`Max Cost could only be held against $${usd} of known price.${besides}`);
	}
	return [];
}
