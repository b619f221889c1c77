import type {
	BinaryValue,
	CredentialTestResult,
	Execution,
	NodeInEditor,
	WebhookReply,
	WorkflowDefinition,
} from './clientTypes.mjs';
import { waitFor, type N8nHttp } from './n8nHttp.mjs';

const ENDED = new Set(['success', 'error', 'canceled', 'crashed']);

/** Does in n8n over HTTP what a user does in the editor. */
export class N8nClient {
	constructor(readonly http: N8nHttp) {}

	// Credentials

	async createCredential(type: string, name: string, data: Record<string, unknown>) {
		const { id } = await this.http.rest('POST', '/credentials', { name, type, data });
		return { id: id as string, name, type };
	}

	/** What the editor's "test" shows for a saved credential. */
	async testCredential({ id }: { id: string }): Promise<CredentialTestResult> {
		// As the editor does: secrets come redacted and are sent back so, and n8n fills them in.
		const saved = await this.http.rest('GET', `/credentials/${id}?includeData=true`);
		return await this.http.rest('POST', '/credentials/test', { credentials: saved });
	}

	// Workflows

	/** @returns the workflow's id */
	async createWorkflow(workflow: WorkflowDefinition): Promise<string> {
		const { name, nodes, connections, settings = { executionOrder: 'v1' } } = workflow;
		const body = { name, nodes, connections, settings };
		return (await this.http.api('POST', '/workflows', body)).id;
	}

	async activate(workflowId: string): Promise<void> {
		await this.http.api('POST', `/workflows/${workflowId}/activate`);
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.http.api('POST', `/workflows/${workflowId}/deactivate`);
	}

	/** Calls a production webhook; waits for it to be registered, which follows activation by a second. */
	async runWebhook(path: string, body: unknown = {}): Promise<WebhookReply> {
		return await waitFor(`webhook ${path}`, 10, async () => {
			const response = await this.http.send('POST', `/webhook/${path}`, body);
			const text = await response.text();
			if (response.status === 404 && text.includes('not registered')) return undefined;
			return { status: response.status, body: parse(text) };
		});
	}

	// Executions

	/** Newest first, without data. */
	async executions(workflowId: string, limit = 100): Promise<Execution[]> {
		const query = new URLSearchParams({ workflowId, limit: String(limit) });
		return (await this.http.api('GET', `/executions?${query}`)).data;
	}

	async execution(id: string): Promise<Execution> {
		return await this.http.api('GET', `/executions/${id}?includeData=true`);
	}

	/** Waits for the workflow's newest execution to end, and returns it with its data. */
	async lastExecution(workflowId: string, seconds = 60): Promise<Execution> {
		const { id } = await this.endOfExecution(workflowId, seconds);
		return await this.execution(id);
	}

	/** Waits for the workflow's newest execution to end, and returns it without its data. */
	async endOfExecution(workflowId: string, seconds: number, everyMs?: number): Promise<Execution> {
		const ask = async () => {
			const [newest] = await this.executions(workflowId, 1);
			return newest && ENDED.has(newest.status) ? newest : undefined;
		};
		return await waitFor(`an execution of ${workflowId}`, seconds, ask, everyMs);
	}

	/** Removes an execution with its files. */
	async deleteExecution(id: string): Promise<void> {
		await this.http.api('DELETE', `/executions/${id}`);
	}

	/** Newest first; n8n's public API shows none that runs. */
	async openExecutions(workflowId: string): Promise<Execution[]> {
		const query = new URLSearchParams({ filter: JSON.stringify({ workflowId }), limit: '100' });
		const { results } = await this.http.rest('GET', `/executions?${query}`);
		return results.filter(({ status }: Execution) => !ENDED.has(status));
	}

	/** The workflow's running execution, as soon as there is one. */
	async runningExecution(workflowId: string, seconds = 10): Promise<string> {
		return await waitFor(`a running execution of ${workflowId}`, seconds, async () => {
			const open = await this.openExecutions(workflowId);
			return open.find(({ status }) => status === 'running')?.id;
		});
	}

	async stopExecution(id: string): Promise<void> {
		await this.http.rest('POST', `/executions/${id}/stop`);
	}

	/** Runs a failed execution again from the node that failed. */
	async retryExecution(id: string): Promise<void> {
		await this.http.rest('POST', `/executions/${id}/retry`, { loadWorkflow: false });
	}

	/** The bytes of an item's file, whichever way n8n stores it. */
	async downloadBinary(file: BinaryValue): Promise<Buffer> {
		if (!file.id) return Buffer.from(file.data, 'base64');
		const query = new URLSearchParams({ id: file.id, action: 'download' });
		const response = await this.http.send('GET', `/rest/binary-data?${query}`);
		if (!response.ok) throw new Error(`n8n does not have the file ${file.id}: ${response.status}`);
		return Buffer.from(await response.arrayBuffer());
	}

	// What the editor loads while a node is open

	/** The entries of a resource locator's list. */
	async resourceLocatorResults(node: NodeInEditor, filter?: string, paginationToken?: string) {
		return await this.ask('resource-locator-results', node, { filter, paginationToken });
	}

	/** The fields of a resource mapper. */
	async resourceMapperFields(node: NodeInEditor) {
		return await this.ask('resource-mapper-fields', node);
	}

	/** The entries of a drop-down. */
	async options(node: NodeInEditor) {
		return await this.ask('options', node);
	}

	private async ask(endpoint: string, node: NodeInEditor, extra: Record<string, unknown> = {}) {
		return await this.http.rest('POST', `/dynamic-node-parameters/${endpoint}`, {
			path: `parameters.${node.parameterName}`,
			methodName: node.methodName,
			nodeTypeAndVersion: { name: node.type, version: node.version ?? 1 },
			currentNodeParameters: node.parameters,
			credentials: node.credentials,
			...extra,
		});
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
