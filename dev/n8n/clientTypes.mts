/** A workflow as its JSON file has it. */
export interface WorkflowDefinition {
	name: string;
	nodes: Array<Record<string, any>>;
	connections: Record<string, any>;
	settings?: Record<string, any>;
}

export interface BinaryValue {
	id?: string;
	data: string;
	mimeType: string;
	fileName?: string;
	fileSize?: string;
}

export interface ExecutionItem {
	json: Record<string, any>;
	binary?: Record<string, BinaryValue>;
	pairedItem?: unknown;
	error?: unknown;
}

/** An execution with its data, as n8n's public API returns it. */
export interface Execution {
	id: string;
	status: 'new' | 'running' | 'success' | 'error' | 'canceled' | 'crashed' | 'waiting';
	finished: boolean;
	mode: string;
	workflowId: string;
	startedAt: string;
	stoppedAt: string | null;
	data?: {
		resultData: {
			runData: Record<
				string,
				Array<{ data?: { main: Array<ExecutionItem[] | null> }; error?: Record<string, any> }>
			>;
			error?: Record<string, any>;
			lastNodeExecuted?: string;
		};
	};
}

/** What a node's drop-downs and forms are asked with: the node as it stands in the editor. */
export interface NodeInEditor {
	/** Such as `n8n-nodes-gmicloud.gmiVideo`. */
	type: string;
	version?: number;
	parameters: Record<string, unknown>;
	/** Credential type to credential. */
	credentials?: Record<string, { id: string; name: string }>;
	/** The parameter that is filled, such as `model`. */
	parameterName: string;
	methodName: string;
}

export interface WebhookReply {
	status: number;
	/** Parsed when it is JSON. */
	body: any;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}
