import type { INodeProperties } from 'n8n-workflow';

/** Files for the chosen model's media parameters. What it comes to is read by `readMediaInputs`. */
export const mediaInputs: INodeProperties = {
	displayName: 'Media Inputs',
	name: 'mediaInputs',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	default: {},
	placeholder: 'Add media input',
	description:
		'Images, videos and audio the model works from, such as a first frame. For a parameter that takes several files, add several in order.',
	options: [
		{
			displayName: 'Media Input',
			name: 'input',
			values: [
				{
					displayName: 'Parameter Name or ID',
					name: 'parameter',
					type: 'options',
					typeOptions: {
						loadOptionsMethod: 'getMediaParameters',
						loadOptionsDependsOn: ['model.value'],
					},
					default: '',
					description:
						'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{
					displayName: 'Source',
					name: 'source',
					type: 'options',
					options: [
						{
							name: 'File',
							value: 'binary',
							description: 'A file of the input item',
						},
						{
							name: 'URL',
							value: 'url',
							description: 'An address that GMI Cloud can read without signing in',
						},
					],
					default: 'binary',
				},
				{
					displayName: 'Input Data Field Name',
					name: 'binaryPropertyName',
					type: 'string',
					default: 'data',
					placeholder: 'e.g. data',
					hint: 'The name of the input field that holds the file',
					description:
						'For a parameter that takes several files, separate their field names with commas. PNG, JPEG, MP4, MOV, MP3 and WAV are uploaded; other formats are sent only when small.',
					displayOptions: { show: { source: ['binary'] } },
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/first-frame.png',
					description:
						'A public web address, or a data URI. An expression may give a list of them.',
					displayOptions: { show: { source: ['url'] } },
				},
			],
		},
	],
};
