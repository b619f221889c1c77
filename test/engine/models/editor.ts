import { LoadOptionsContext } from 'n8n-core';
import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';

import { GmiVideo } from '../../../nodes/GmiVideo/GmiVideo.node';
import { additionalData, workflowOf } from '../../support/engine';

/** What n8n's editor calls methods with: a node with these parameters and a key for this address. */
export function editorContext(
	{ url, key }: { url: string; key: string },
	parameters: INodeParameters = {},
): ILoadOptionsFunctions {
	const workflow = workflowOf({ node: new GmiVideo(), parameters });
	return new LoadOptionsContext(
		workflow,
		workflow.nodes.Node,
		{
			...additionalData({ apiKey: key, baseUrl: url }),
			currentNodeParameters: parameters,
		},
		'parameters.parameters',
	);
}

/** A chosen model, as the model picker stores it. */
export function chosen(value: string): INodeParameters {
	return { model: { __rl: true, mode: 'list', value } };
}
