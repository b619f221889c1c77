import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/** @throws NodeOperationError when the item has no model */
export function readModelId(context: IExecuteFunctions, itemIndex: number): string {
	const id = context.getNodeParameter('model', itemIndex, '', { extractValue: true });
	if (typeof id === 'string' && id.trim() !== '') return id;
	throw new NodeOperationError(context.getNode(), `No model is chosen [item ${itemIndex}]`, {
		itemIndex,
		description: 'Pick a model from the list, or give its ID.',
	});
}
