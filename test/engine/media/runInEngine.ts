import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { runNode, type EngineOptions } from '../../support/engine';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[]>;

function nodeOf(execute: Execute): INodeType {
	return {
		description: {
			displayName: 'Probe',
			name: 'probe',
			group: ['transform'],
			version: 1,
			description: 'Runs what a test wants to see in the engine',
			defaults: { name: 'Probe' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'gmiCloudApi', required: true }],
			properties: [],
		},
		async execute() {
			return [await execute.call(this)];
		},
	};
}

/** Runs code as a node in n8n's own engine. */
export async function runInEngine(execute: Execute, options: Omit<EngineOptions, 'node'>) {
	return await runNode({ node: nodeOf(execute), ...options });
}
