import {
	NodeOperationError,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { Delivery } from '../../../shared/jobs/deliver';
import { JobFailure } from '../../../shared/jobs/failure';
import { phaseOf } from '../../../shared/queue/records';
import type { GmiQueue, RequestRecord } from '../../../shared/queue/types';
import { binaryPropertyName, requestId } from '../../../shared/fields/outputFields';
import { findRequest, readRequestId } from './findRequest';

export const description = updateDisplayOptions(
	{ show: { resource: ['video'], operation: ['download'] } },
	[requestId, binaryPropertyName],
);

/**
 * The output files of a finished request, in one item.
 *
 * @throws NodeOperationError when the request is not done; JobFailure when it failed or a file cannot be
 * fetched; GmiFault
 */
export async function execute(
	this: IExecuteFunctions,
	queue: GmiQueue,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const record = await findRequest(this, queue, readRequestId(this, itemIndex), itemIndex);
	const phase = phaseOf(record);
	if (phase === 'open') throw notDone(this, record, itemIndex);
	if (phase !== 'success') throw new JobFailure({ kind: phase, model: record.model, record });
	const name = this.getNodeParameter('binaryPropertyName', itemIndex, 'data');
	const delivery = new Delivery(this, queue, name, this.getExecutionCancelSignal());
	return [await delivery.item(record, itemIndex)];
}

function notDone(
	context: IExecuteFunctions,
	record: RequestRecord,
	itemIndex: number,
): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`The video request is still ${record.status}: there is no file yet [item ${itemIndex}]`,
		{
			itemIndex,
			description: `Request ID: ${record.request_id}. Use the operation Wait, which ends when it is done and downloads the files.`,
		},
	);
}
