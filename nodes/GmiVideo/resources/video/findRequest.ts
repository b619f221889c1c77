import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { asError } from '../../../shared/flow/asError';
import { GmiFault } from '../../../shared/queue/fault';
import type { GmiQueue, RequestRecord } from '../../../shared/queue/types';

/** @throws NodeOperationError when the item holds no request id */
export function readRequestId(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('requestId', itemIndex, '') as unknown;
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (id !== '') return id;
	throw new NodeOperationError(context.getNode(), `Request ID is empty [item ${itemIndex}]`, {
		itemIndex,
		description:
			'Give the request_id that GMI Cloud gave when the request was made. By default it is read from the field request_id of the input item.',
	});
}

/**
 * The request with this id.
 *
 * @throws NodeOperationError when GMI does not know it; GmiFault otherwise
 */
export async function findRequest(
	context: IExecuteFunctions,
	queue: GmiQueue,
	id: string,
	itemIndex: number,
): Promise<RequestRecord> {
	try {
		return await queue.getRequest(id);
	} catch (error) {
		throw error instanceof GmiFault && error.kind === 'notFound'
			? unknownRequest(context, id, itemIndex, error.providerText)
			: asError(error);
	}
}

function unknownRequest(
	context: IExecuteFunctions,
	id: string,
	itemIndex: number,
	providerText: string,
): NodeOperationError {
	const words = providerText === '' ? '' : `: ${providerText}`;
	return new NodeOperationError(
		context.getNode(),
		`GMI Cloud does not know this request${words} [item ${itemIndex}]`,
		{
			itemIndex,
			description: `Request ID: ${id}. Check the ID and that the credential belongs to the same organization. Requests made in the web console cannot be fetched by ID; GMI Video Status finds them when their model is named.`,
		},
	);
}
