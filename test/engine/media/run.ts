import { Credentials, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { GmiCloudApi } from '../../../credentials/GmiCloudApi.credentials';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[]>;

/** Answers the engine's credential questions with one key, and signs as n8n would. */
class OneKey extends ICredentialsHelper {
	constructor(private readonly values: ICredentialDataDecryptedObject) {
		super();
	}
	async authenticate(_: unknown, __: string, request: IHttpRequestOptions) {
		const headers = { ...request.headers, Authorization: `Bearer ${String(this.values.apiKey)}` };
		return { ...request, headers };
	}
	async getDecrypted() {
		return this.values;
	}
	isCredentialUsableByNode() {
		return true;
	}
	getParentTypes() {
		return [];
	}
	getCredentialsProperties() {
		return new GmiCloudApi().properties;
	}
	async preAuthentication() {
		return undefined;
	}
	async runPreAuthentication() {
		return undefined;
	}
	async getCredentials() {
		return new Credentials({ id: null, name: '' }, '', '');
	}
	async updateCredentials() {}
	async updateCredentialsOauthTokenData() {}
}

function nodeOf(properties: INodeProperties[], execute: Execute): INodeType {
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
			properties,
		},
		async execute() {
			return [await execute.call(this)];
		},
	};
}

/** Runs code as a node in n8n's own engine and gives the items or the error it ended with. */
export async function runInEngine(options: {
	execute: Execute;
	input: INodeExecutionData[];
	properties?: INodeProperties[];
	parameters?: INodeParameters;
	credentials?: ICredentialDataDecryptedObject;
	onStart?: (execution: { cancel: () => void }) => void;
}) {
	const { execute, input, properties = [], parameters = {}, credentials = {} } = options;
	const node = nodeOf(properties, execute);
	const nodeTypes = {
		getByName: () => node,
		getByNameAndVersion: () => node,
		getKnownTypes: () => ({}),
	} satisfies INodeTypes;
	const workflow = new Workflow({
		id: 'test',
		active: false,
		connections: {},
		nodeTypes,
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: 'node-id',
				name: 'Probe',
				type: 'test.probe',
				typeVersion: 1,
				position: [0, 0],
				parameters,
				credentials: { gmiCloudApi: { id: '1', name: 'key' } },
			},
		],
	});
	const additionalData = {
		credentialsHelper: new OneKey(credentials),
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
	const stack = [{ node: workflow.nodes.Probe, data: { main: [input] }, source: null }];
	const execution = new WorkflowExecute(
		additionalData,
		'manual',
		createRunExecutionData({ executionData: { nodeExecutionStack: stack } }),
	).processRunExecutionData(workflow);
	options.onStart?.(execution);
	const run = await execution;
	const task = run.data.resultData.runData.Probe?.at(-1);
	return {
		items: task?.data?.main[0] ?? [],
		error: task?.error ?? run.data.resultData.error,
	};
}
