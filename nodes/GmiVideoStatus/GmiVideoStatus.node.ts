import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { modelLocator } from '../shared/fields/modelLocator';
import { binaryPropertyName, downloadOutput } from '../shared/fields/outputFields';
import { searchModels } from '../shared/methods/listSearch';
import { execute } from './execute';

export class GmiVideoStatus implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GMI Video Status',
		name: 'gmiVideoStatus',
		icon: { light: 'file:../../icons/gmi.svg', dark: 'file:../../icons/gmi.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'done, in progress or failed',
		description:
			'Look up video requests at GMI Cloud and sort them into done, in progress and failed',
		defaults: { name: 'GMI Video Status' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Done', 'In Progress', 'Failed'],
		credentials: [{ name: 'gmiCloudApi', required: true }],
		properties: [
			{
				displayName: 'Request IDs',
				name: 'requestId',
				type: 'string',
				required: true,
				default: '={{ $json.request_id }}',
				placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
				description:
					'The request_id that GMI Cloud gave when the request was made. Several can be given as a comma-separated list, or as an array with an expression.',
			},
			downloadOutput,
			{ ...binaryPropertyName, displayOptions: { show: { downloadOutput: [true] } } },
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						...modelLocator(),
						required: false,
						description:
							'The model of the requests. Needed only for requests made in the web console, which GMI Cloud does not give by ID; others are found without.',
					},
				],
			},
		],
	};

	methods = { listSearch: { searchModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute.call(this);
	}
}
