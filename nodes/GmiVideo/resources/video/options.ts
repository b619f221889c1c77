import type { INodeProperties } from 'n8n-workflow';

/** Options of Generate; the ones about waiting serve Wait as well. Alphabetical, as n8n asks. */
export const fileDelivery: INodeProperties = {
	displayName: 'File Delivery',
	name: 'fileDelivery',
	type: 'options',
	default: 'auto',
	description: 'How files of Media Inputs reach the model',
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description:
				"Upload to GMI Cloud's storage, or write small files into the request when that is not possible",
		},
		{
			name: 'Data URI',
			value: 'dataUri',
			description: 'Write the file into the request: for small files, and not taken by every model',
		},
		{
			name: 'Upload',
			value: 'upload',
			description: "Only upload to GMI Cloud's storage",
		},
	],
};

export const maxConcurrent: INodeProperties = {
	displayName: 'Max Concurrent Submits',
	name: 'maxConcurrent',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
	default: 10,
	description:
		'How many requests may be sent at the same time. When GMI Cloud limits the rate of a model, its submits slow down by themselves.',
};

export const maxCost: INodeProperties = {
	displayName: 'Max Cost (USD)',
	name: 'maxCost',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 0,
	description:
		'Refuse the whole run, before anything is sent, when its known price is above this many US dollars. 0 means no limit.',
};

export const onTimeout: INodeProperties = {
	displayName: 'On Timeout',
	name: 'onTimeout',
	type: 'options',
	default: 'error',
	description:
		'What to do with a request that is not done at the time limit. It goes on at GMI Cloud either way.',
	options: [
		{ name: 'Continue', value: 'continue', description: 'Output the request as it stands' },
		{
			name: 'Stop with Error',
			value: 'error',
			description: 'End with a message that holds the request ID',
		},
	],
};

export const pollInterval: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollInterval',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'How often to ask for the status. 0 adapts: every 2 seconds at first, every 15 seconds for long jobs.',
};

export const reuseWithin: INodeProperties = {
	displayName: 'Reuse Within (Minutes)',
	name: 'reuseWithin',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Take over an identical request made within this time that has not failed, instead of paying for a new one: for workflows that are run again after a crash. 0 always makes a new one.',
};

export const skipValidation: INodeProperties = {
	displayName: 'Skip Validation',
	name: 'skipValidation',
	type: 'boolean',
	default: false,
	description:
		"Whether to send parameters without checking them against the model's description, for a model that is newer than its description",
};

export const timeout: INodeProperties = {
	displayName: 'Timeout (Minutes)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 30,
	description: 'How long to wait for each request, counted from when GMI Cloud accepted it',
};
