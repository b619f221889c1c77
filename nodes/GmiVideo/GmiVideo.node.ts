import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import * as listSearch from '../shared/methods/listSearch';
import * as loadOptions from '../shared/methods/loadOptions';
import * as resourceMapping from '../shared/methods/resourceMapping';
import * as file from './resources/file';
import * as model from './resources/model';
import * as video from './resources/video';
import { router } from './router';

export class GmiVideo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GMI Video',
		name: 'gmiVideo',
		icon: { light: 'file:../../icons/gmi.svg', dark: 'file:../../icons/gmi.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] + ": " + ($parameter["operation"] === "generate" && $parameter["model"] || $parameter["resource"]) }}',
		description:
			"Generate videos with GMI Cloud's models, follow requests, look up models and upload files",
		defaults: { name: 'GMI Video' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'gmiCloudApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'File', value: 'file' },
					{ name: 'Model', value: 'model' },
					{ name: 'Video', value: 'video' },
				],
				default: 'video',
			},
			...video.description,
			...model.description,
			...file.description,
		],
	};

	methods = {
		listSearch: { ...listSearch },
		loadOptions: { ...loadOptions },
		resourceMapping: { ...resourceMapping },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
