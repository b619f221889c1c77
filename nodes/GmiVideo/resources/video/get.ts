import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { itemOf } from '../../../shared/jobs/deliver';
import type { GmiQueue } from '../../../shared/queue/types';
import { isTool, toolItem } from '../../../shared/items/toolAnswer';
import { requestId } from '../../../shared/fields/outputFields';
import { findRequest, readRequestId } from './findRequest';

export const description = updateDisplayOptions(
	{ show: { resource: ['video'], operation: ['get'] } },
	[requestId],
);

/**
 * One request as it stands.
 *
 * @throws GmiFault, NodeOperationError when the item holds no request id
 */
export async function execute(
	this: IExecuteFunctions,
	queue: GmiQueue,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const record = await findRequest(this, queue, readRequestId(this, itemIndex), itemIndex);
	return [isTool(this) ? toolItem(record, itemIndex) : itemOf(record, itemIndex)];
}
