import { NodeHelpers, type INodeParameters, type INodeType } from 'n8n-workflow';

import { GmiVideo } from '../../../nodes/GmiVideo/GmiVideo.node';
import { GmiVideoTrigger } from '../../../nodes/GmiVideoTrigger/GmiVideoTrigger.node';
import { workflowOf } from '../../support/engine';

/** The line below a node's name, as the editor works it out. */
function subtitleOf(node: INodeType, parameters: INodeParameters): unknown {
	const workflow = workflowOf({ node, parameters });
	const placed = workflow.nodes.Node;
	placed.parameters = NodeHelpers.getNodeParameters(
		node.description.properties,
		parameters,
		true,
		false,
		placed,
		node.description,
	)!;
	return workflow.expression.getSimpleParameterValue(
		placed,
		node.description.subtitle,
		'internal',
		{},
	);
}

const model = { __rl: true, mode: 'list', value: 'sora-2-pro' };

it.each<[INodeParameters, string]>([
	[{}, 'generate: video'],
	[{ model }, 'generate: sora-2-pro'],
	[{ operation: 'getAll', model }, 'getAll: video'],
	[{ resource: 'model', operation: 'get', model }, 'get: model'],
])('GMI Video with %j is subtitled "%s"', (parameters, subtitle) => {
	expect(subtitleOf(new GmiVideo(), parameters)).toBe(subtitle);
});

it.each<[INodeParameters, string]>([
	[{}, 'success'],
	[{ events: ['success', 'failed'] }, 'success, failed'],
	[{ events: '={{ ["failed"] }}' }, 'failed'],
])('GMI Video Trigger with %j is subtitled "%s"', (parameters, subtitle) => {
	expect(subtitleOf(new GmiVideoTrigger(), parameters)).toBe(subtitle);
});
