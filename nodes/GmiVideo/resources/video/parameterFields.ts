import type { INodeProperties } from 'n8n-workflow';

const parametersJson = {
	name: 'parametersJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "duration": 5, "resolution": "720p" }',
} satisfies Partial<INodeProperties>;

/** The chosen model's own parameters: as a form with JSON for the rest, or as JSON alone. */
export const parameterFields: INodeProperties[] = [
	{
		displayName: 'Parameters',
		name: 'parameterMode',
		type: 'options',
		noDataExpression: true,
		default: 'fields',
		options: [
			{
				name: 'Using Fields Below',
				value: 'fields',
				description: "The chosen model's own parameters as a form",
			},
			{
				name: 'Using JSON',
				value: 'json',
				description: 'A JSON object in place of the form',
			},
		],
		description: 'How to set the parameters of the model',
	},
	{
		displayName: 'Model Parameters',
		name: 'parameters',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['model.value'],
			resourceMapper: {
				resourceMapperMethod: 'getParameters',
				mode: 'add',
				fieldWords: { singular: 'parameter', plural: 'parameters' },
				valuesLabel: 'Model Parameters',
				addAllFields: true,
				supportAutoMap: false,
				multiKeyMatch: false,
				noFieldsError: 'This model lists no parameters. Set them under Extra Parameters (JSON).',
			},
		},
		displayOptions: { show: { parameterMode: ['fields'] } },
		description: 'Only the parameters you set are sent; for the rest the model uses its defaults',
	},
	{
		...parametersJson,
		displayName: 'Extra Parameters (JSON)',
		displayOptions: { show: { parameterMode: ['fields'] } },
		description:
			'For what the form above cannot express: a JSON object that is added to it. Values set here win over the form.',
	},
	{
		...parametersJson,
		displayName: 'Parameters (JSON)',
		displayOptions: { show: { parameterMode: ['json'] } },
		description: 'The parameters of the model as a JSON object. They are sent as they stand here.',
	},
];
