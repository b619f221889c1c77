import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { binaryPropertyName, downloadOutput } from '../shared/fields/outputFields';
import { getModels } from '../shared/methods/loadOptions';
import { poll } from './poll';

export class GmiVideoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GMI Video Trigger',
		name: 'gmiVideoTrigger',
		icon: { light: 'file:../../icons/gmi.svg', dark: 'file:../../icons/gmi.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [].concat($parameter["events"]).join(", ") }}',
		description: 'Starts the workflow when a video request at GMI Cloud ends, wherever it was made',
		defaults: { name: 'GMI Video Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'gmiCloudApi', required: true }],
		properties: [
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['success'],
				description: 'The outcomes of a request that start the workflow',
				options: [
					{
						name: 'Cancelled',
						value: 'cancelled',
						description: 'A request was cancelled, for example in the GMI Cloud console',
					},
					{ name: 'Failed', value: 'failed', description: 'A request ended without a result' },
					{ name: 'Success', value: 'success', description: 'The files of a request are ready' },
				],
			},
			{
				displayName: 'Model Names or IDs',
				name: 'models',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModels' },
				default: [],
				description:
					'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: 'Leave empty to follow the requests of all models',
			},
			downloadOutput,
			{ ...binaryPropertyName, displayOptions: { show: { downloadOutput: [true] } } },
		],
	};

	methods = { loadOptions: { getModels } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll.call(this);
	}
}
