import {
	deepCopy,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { lookupError } from '../../../shared/errors/lookupError';
import { readDetail } from '../../../shared/models/catalogue';
import type { GmiQueue } from '../../../shared/queue/types';
import { modelLocator } from '../../../shared/fields/modelLocator';
import { readModelId } from '../../readModelId';
import { simplifyModel } from './simplify';

const properties: INodeProperties[] = [
	modelLocator(),
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['model'], operation: ['get'] } },
	properties,
);

/**
 * One model's details: its parameters, price in dollars and an example payload in plain form, or exactly
 * what GMI sends when Simplify is off.
 *
 * @throws NodeApiError or NodeOperationError when no model is chosen or its details cannot be had
 */
export async function execute(
	this: IExecuteFunctions,
	queue: GmiQueue,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = readModelId(this, itemIndex);
	try {
		const { detail, model } = await readDetail(queue, id);
		const simplify = this.getNodeParameter('simplify', itemIndex, true);
		const json = deepCopy(simplify ? simplifyModel(model) : detail);
		return [{ json, pairedItem: { item: itemIndex } }];
	} catch (error) {
		throw await lookupError(this.getNode(), queue, error, { model: id, item: itemIndex });
	}
}
