import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { limitFields } from '../../../shared/fields/limitFields';
import { lookupError } from '../../../shared/errors/lookupError';
import { readCatalogue } from '../../../shared/models/catalogue';
import type { GmiQueue } from '../../../shared/queue/types';

const properties: INodeProperties[] = [
	...limitFields,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Include Unlisted',
				name: 'includeUnlisted',
				type: 'boolean',
				default: false,
				description: 'Whether to include internal models that are named by nothing but an ID',
			},
			{
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: [
					{ name: 'Audio', value: 'audio' },
					{ name: 'Image', value: 'image' },
					{ name: 'Other', value: 'other' },
					{ name: 'Video', value: 'video' },
				],
				default: 'video',
				description: 'What the models make, judged by their names',
			},
			{
				displayName: 'Name Contains',
				name: 'nameContains',
				type: 'string',
				default: '',
				placeholder: 'e.g. kling i2v',
				description: 'Words the name has to contain, in any order',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['model'], operation: ['getAll'] } },
	properties,
);

/**
 * The models this API key sees, video models first: `{ id, name, kind }` each.
 *
 * @throws NodeApiError when the list cannot be had
 */
export async function execute(
	this: IExecuteFunctions,
	queue: GmiQueue,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const filters = this.getNodeParameter('filters', itemIndex, {});
	const returnAll = this.getNodeParameter('returnAll', itemIndex, false);
	const limit = returnAll ? Infinity : this.getNodeParameter('limit', itemIndex, 50);
	const words = String(filters.nameContains ?? '')
		.toLowerCase()
		.split(/\s+/);
	try {
		return (await readCatalogue(queue))
			.filter(({ kind, hidden, name }) => {
				const isWanted =
					(!filters.kind || kind === filters.kind) && (!hidden || filters.includeUnlisted);
				return isWanted && words.every((word) => name.toLowerCase().includes(word));
			})
			.slice(0, limit)
			.map(({ id, name, kind }) => ({
				json: { id, name, kind },
				pairedItem: { item: itemIndex },
			}));
	} catch (error) {
		throw await lookupError(this.getNode(), queue, error, { item: itemIndex });
	}
}
