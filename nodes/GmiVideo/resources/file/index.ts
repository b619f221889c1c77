import type { INodeProperties } from 'n8n-workflow';

import * as upload from './upload';

export { upload };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['file'] } },
		options: [
			{
				name: 'Upload',
				value: 'upload',
				action: 'Upload file',
				description: "Put a file into GMI Cloud's storage and get an address that models can read",
			},
		],
		default: 'upload',
	},
	...upload.description,
];
