import type { INode, INodeExecutionData } from 'n8n-workflow';

import { sandbox } from './n8n';
import type { TestBed } from './testBed';

type Client = TestBed['client'];

interface ExampleNode {
	name: string;
	parameters: object;
	credentials?: object;
}

interface Example {
	name: string;
	nodes: ExampleNode[];
	connections: object;
}

interface Completion {
	/** What the credentials hold, by their type; the one for GMI Cloud leads to the sandbox. */
	credentials?: Record<string, object>;
	/** What the user sets in nodes, by the nodes' names; parameters are laid over those of the example. */
	nodes?: Record<string, Partial<INode>>;
}

/**
 * An example in n8n as a user completes it after the import: credentials chosen, their own values set.
 *
 * @returns the workflow's id
 */
export async function importExample(
	client: Client,
	example: Example,
	{ credentials = {}, nodes = {} }: Completion = {},
): Promise<string> {
	const gmiCloudApi = { apiKey: sandbox.key, organizationId: '', baseUrl: sandbox.url };
	const data: Record<string, object> = { gmiCloudApi, ...credentials };
	const own: Record<string, { id: string; name: string }> = {};
	for (const node of example.nodes) {
		for (const [type, name] of placeholdersOf(node)) {
			own[type] ??= await client.createCredential(type, name, data[type]);
		}
	}
	const complete = (node: ExampleNode) => {
		const { parameters, ...rest } = nodes[node.name] ?? {};
		const chosen = placeholdersOf(node).map(([type]) => {
			const { id, name } = own[type];
			return [type, { id, name }];
		});
		return {
			...node,
			...rest,
			parameters: { ...node.parameters, ...parameters },
			...(chosen.length > 0 ? { credentials: Object.fromEntries(chosen) } : {}),
		};
	};
	return await client.createWorkflow({ ...example, nodes: example.nodes.map(complete) });
}

/** Types and names of the credentials a node of an example wants. */
function placeholdersOf({ credentials = {} }: ExampleNode): Array<[string, string]> {
	return Object.entries(credentials).map(([name, value]) => [name, value.name]);
}

/** What n8n stored of an execution, as far as tests read it. */
export interface StoredExecution {
	status: string;
	data: {
		resultData: {
			error?: { message: string };
			runData: Record<string, Array<{ data?: { main?: INodeExecutionData[][] } }>>;
		};
	};
}

/** All items a node put out in an execution, over all its runs. */
export function itemsOf(execution: StoredExecution, node: string, output = 0) {
	const runs = execution.data.resultData.runData[node] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []);
}
