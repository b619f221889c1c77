import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { totalCost } from '../../shared/models/price';
import type { CheckedDraft } from './drafts';
import type { Progress } from './progress';

/**
 * Holds the run against its cost limit (US dollars; 0 = none) before anything is sent. What has no known
 * price is named in a hint, not guessed.
 *
 * @throws NodeOperationError when the known price alone is above the limit
 */
export function checkCost(
	context: IExecuteFunctions,
	drafts: CheckedDraft[],
	maxCost: number,
	progress: Progress,
): void {
	if (maxCost <= 0 || drafts.length === 0) return;
	const { usd, unknown } = totalCost(drafts.map(({ cost }) => cost));
	const besides = unknown.length > 0 ? ` Not counted: ${unknown.join('; ')}.` : '';
	if (usd > maxCost) {
		throw new NodeOperationError(
			context.getNode(),
			`This run would cost at least $${usd}, more than the Max Cost of $${maxCost}`,
			{
				description: `${drafts.length} requests at the prices GMI Cloud states. Nothing was sent.${besides} Raise Max Cost, send fewer items, or choose a shorter or cheaper video.`,
			},
		);
	}
	if (unknown.length > 0) {
		progress.hint(`Max Cost could only be held against $${usd} of known price.${besides}`);
	}
}
