import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** The model picker every operation that needs a model shows: from the live list, or by id. */
export function modelLocator(displayOptions?: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description:
			'The model to use. The list shows video models; search for "image", "audio" or "all" to see others.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchModels', searchable: true },
			},
			// Without `validation`: n8n gives its expression a quarter of a second, and on a busy computer that passes.
			{ displayName: 'ID', name: 'id', type: 'string', placeholder: 'e.g. sora-2-pro' },
		],
		...(displayOptions ? { displayOptions } : {}),
	};
}
