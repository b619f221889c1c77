import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { limitFields } from '../../../shared/fields/limitFields';
import { itemOf } from '../../../shared/jobs/deliver';
import type { GmiQueue, RequestRecord } from '../../../shared/queue/types';
import { isTool, toolItem } from '../../../shared/items/toolAnswer';
import { modelLocator } from '../../../shared/fields/modelLocator';
import { collectRequests, type RequestFilter } from './collectRequests';

const properties: INodeProperties[] = [
	modelLocator(),
	...limitFields,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Created After',
				name: 'createdAfter',
				type: 'dateTime',
				default: '',
				description: 'Only requests made at this time or later',
			},
			{
				displayName: 'Created Before',
				name: 'createdBefore',
				type: 'dateTime',
				default: '',
				description: 'Only requests made before this time',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'multiOptions',
				default: [],
				description: 'Only requests in one of these states',
				options: [
					{ name: 'Cancelled', value: 'cancelled' },
					{ name: 'Failed', value: 'failed' },
					{
						name: 'In Progress',
						value: 'open',
						description: 'Created, queued, dispatched or processing',
					},
					{ name: 'Success', value: 'success' },
				],
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['video'], operation: ['getAll'] } },
	properties,
);

/**
 * A model's requests, newest first, whatever order the list has.
 *
 * @throws GmiFault, NodeOperationError for a date that cannot be read
 */
export async function execute(
	this: IExecuteFunctions,
	queue: GmiQueue,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const model = this.getNodeParameter('model', itemIndex, '', { extractValue: true }) as string;
	const all = this.getNodeParameter('returnAll', itemIndex, false);
	const limit = all ? Infinity : this.getNodeParameter('limit', itemIndex, 50);
	const filter = this.getNodeParameter('filters', itemIndex, {}) as RequestFilter;
	const records = await collectRequests(this, queue, { model, limit, filter, itemIndex });
	const toItem = isTool(this) ? toolItem : (record: RequestRecord) => itemOf(record, itemIndex);
	return records.map((record) => toItem(record, itemIndex));
}
