import type { INodeProperties } from 'n8n-workflow';

import * as download from './download';
import * as generate from './generate';
import * as get from './get';
import * as getAll from './getAll';
import * as wait from './wait';

export { download, generate, get, getAll, wait };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['video'] } },
		options: [
			{
				name: 'Download',
				value: 'download',
				action: 'Download video',
				description: 'Download the output files of a finished request',
			},
			{
				name: 'Generate',
				value: 'generate',
				action: 'Generate video',
				description:
					'Make a video from a prompt, and from files where the model takes them; costs money',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get video request',
				description: 'Get one request as it stands',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many video requests',
				description: 'Get many requests of a model, newest first',
			},
			{
				name: 'Wait',
				value: 'wait',
				action: 'Wait for video',
				description: 'Wait until requests that were made elsewhere are done',
			},
		],
		default: 'generate',
	},
	...generate.description,
	...get.description,
	...getAll.description,
	...wait.description,
	...download.description,
];
