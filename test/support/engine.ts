import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type ITaskData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { GmiCloudApi } from '../../credentials/GmiCloudApi.credentials';
import { InMemoryCredentials } from './credentials';

export interface EngineOptions {
	node: INodeType;
	parameters?: INodeParameters;
	input?: INodeExecutionData[];
	/** The values of the GMI credential. */
	credential?: ICredentialDataDecryptedObject;
	/** Fields of the node itself: `onError`, `retryOnFail`, … */
	settings?: Partial<INode>;
	/** Called once the run has begun, with what cancels it. */
	onStart?: (execution: { cancel: () => void }) => void;
}

export interface EngineRun {
	run: IRun;
	task: ITaskData | undefined;
	/** Items of the first output. */
	items: INodeExecutionData[];
	/** Items of every output. */
	outputs: INodeExecutionData[][];
	error: (Error & { description?: string | null }) | undefined;
}

const SOURCE = 'Source';
const NODE = 'Node';

/** Runs one node in n8n's own engine, behind a source of items: real expressions, credentials, HTTP, binary data. */
export async function runNode(options: EngineOptions): Promise<EngineRun> {
	const { input = [{ json: {} }] } = options;
	const workflow = workflowOf(options);
	const source: ITaskData = {
		startTime: 0,
		executionTime: 0,
		executionIndex: 0,
		executionStatus: 'success',
		source: [],
		data: { main: [input] },
	};
	const execution = new WorkflowExecute(
		additionalData(options.credential),
		'manual',
		createRunExecutionData({
			resultData: { runData: { [SOURCE]: [source] } },
			executionData: {
				nodeExecutionStack: [
					{
						node: workflow.nodes[NODE],
						data: { main: [input] },
						source: { main: [{ previousNode: SOURCE }] },
					},
				],
			},
		}),
	).processRunExecutionData(workflow);
	options.onStart?.(execution);

	const run = await execution;
	const task = run.data.resultData.runData[NODE]?.at(-1);
	const outputs = (task?.data?.main ?? []).map((items) => items ?? []);
	return {
		run,
		task,
		items: outputs[0] ?? [],
		outputs,
		error: (task?.error ?? run.data.resultData.error) as EngineRun['error'],
	};
}

/** A workflow of a source and the node under test. */
export function workflowOf({
	node,
	parameters = {},
	settings = {},
}: Pick<EngineOptions, 'node' | 'parameters' | 'settings'>): Workflow {
	const nodeTypes = {
		getByName: () => node,
		getByNameAndVersion: (_: string, version?: number) =>
			NodeHelpers.getVersionedNodeType(node, version),
		getKnownTypes: () => ({}),
	} satisfies INodeTypes;
	const base = {
		type: `test.${node.description.name}`,
		typeVersion: 1,
		position: [0, 0] as [number, number],
	};
	return new Workflow({
		id: 'test',
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
		connections: { [SOURCE]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		nodes: [
			{ ...base, id: 'source', name: SOURCE, parameters: {} },
			{
				...base,
				id: 'node',
				name: NODE,
				parameters,
				credentials: { gmiCloudApi: { id: 'gmi', name: 'GMI' } },
				...settings,
			},
		],
	});
}

/** What the n8n app hands the engine, as far as a single node needs it. */
export function additionalData(
	credential: ICredentialDataDecryptedObject = {},
): IWorkflowExecuteAdditionalData {
	const type: ICredentialType = new GmiCloudApi();
	return {
		credentialsHelper: new InMemoryCredentials({ [type.name]: type }, { [type.name]: credential }),
		hooks: new ExecutionLifecycleHooks('manual', '1', {} as IWorkflowBase),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		restApiUrl: 'http://n8n.test/rest',
		instanceBaseUrl: 'http://n8n.test',
		webhookWaitingBaseUrl: 'http://n8n.test/webhook-waiting',
		formWaitingBaseUrl: 'http://n8n.test/form-waiting',
		variables: {},
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}
