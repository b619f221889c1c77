import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { WorkflowDefinition } from '../n8n/index.mjs';
import { ROOT } from '../paths.mjs';

const EXAMPLE = path.join(ROOT, 'examples/first-video.json');
const OWN_NODES = 'n8n-nodes-gmicloud.';

/** Names of nodes and the path in the example. */
export const GENERATE_NODE = 'GMI Video';
export const WEBHOOK_PATH = 'first-video';

interface Fill {
	credential: { id: string; name: string };
	model: string;
	/** Keeps the first prompts only. */
	prompts?: number;
}

/** The example as a user would complete it in the editor: credential and model chosen. */
export async function exampleWorkflow({
	credential,
	model,
	prompts,
}: Fill): Promise<WorkflowDefinition> {
	const workflow: WorkflowDefinition = JSON.parse(await readFile(EXAMPLE, 'utf8'));
	for (const node of workflow.nodes) {
		if (node.type.startsWith(OWN_NODES)) useModel(node, credential, model);
		if (node.name === 'Prompts' && prompts) keepPrompts(node, prompts);
	}
	return workflow;
}

function useModel(node: Record<string, any>, { id, name }: Fill['credential'], model: string) {
	node.credentials = { gmiCloudApi: { id, name } };
	if (node.parameters.model?.value === model) return;
	node.parameters.model = { __rl: true, mode: 'id', value: model };
	// They belong to the example's model.
	node.parameters.parameters = { mappingMode: 'defineBelow', value: null };
}

function keepPrompts(node: Record<string, any>, count: number) {
	const { prompts } = JSON.parse(node.parameters.jsonOutput);
	node.parameters.jsonOutput = JSON.stringify({ prompts: prompts.slice(0, count) }, null, 2);
}
