import type { INodeProperties } from 'n8n-workflow';

export const downloadOutput: INodeProperties = {
	displayName: 'Download Output',
	name: 'downloadOutput',
	type: 'boolean',
	default: true,
	description: 'Whether to download the finished files into the item, in addition to their URLs',
};

export const binaryPropertyName: INodeProperties = {
	displayName: 'Put Output in Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output field to put the file in; further files get _1, _2 and so on',
};

export const requestId: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	required: true,
	default: '={{ $json.request_id }}',
	placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
	description: 'The request_id that GMI Cloud gave when the request was made',
};
