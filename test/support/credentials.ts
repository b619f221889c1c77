import { Credentials } from 'n8n-core';
import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type Workflow,
} from 'n8n-workflow';

/** Answers the engine's questions about credentials from memory, and signs requests as n8n does. */
export class InMemoryCredentials extends ICredentialsHelper {
	constructor(
		private readonly types: Record<string, ICredentialType>,
		private readonly values: Record<string, ICredentialDataDecryptedObject>,
	) {
		super();
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.types[typeName];
		if (authenticate === undefined) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		const data = { $credentials: credentials };
		const resolve = (value: string) =>
			workflow.expression.getSimpleParameterValue(node, value, 'internal', data, undefined, '');
		for (const [key, value] of Object.entries(authenticate.properties.headers ?? {})) {
			const name = String(resolve(key));
			request.headers = { ...request.headers, [name]: resolve(value as string) };
		}
		return request;
	}

	async getDecrypted(_: unknown, __: unknown, type: string) {
		return this.values[type];
	}

	isCredentialUsableByNode() {
		return true;
	}

	getParentTypes() {
		return [];
	}

	getCredentialsProperties(type: string) {
		return this.types[type].properties;
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
