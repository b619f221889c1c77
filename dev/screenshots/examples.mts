import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { N8nClient, WorkflowDefinition } from '../n8n/index.mjs';
import { ROOT } from '../paths.mjs';

/** Credentials by the names the examples want, so that their nodes show no warning. They hold nothing. */
const CREDENTIALS = [
	['gmiCloudApi', 'GMI Cloud account', { apiKey: 'none', organizationId: '', baseUrl: '' }],
	['googleApi', 'Google Service Account account', { email: 'none', privateKey: 'none' }],
	['openAiApi', 'OpenAi account', { apiKey: 'none', header: false }],
	['s3', 'S3 account', { endpoint: 'https://s3.example.com' }],
	['slackApi', 'Slack account', { accessToken: 'none' }],
] as const;

export async function createCredentials(client: N8nClient): Promise<void> {
	for (const [type, name, data] of CREDENTIALS) await client.createCredential(type, name, data);
}

/**
 * Imports an example; n8n finds the credentials by their names.
 *
 * @returns the workflow's id
 */
export async function importExample(client: N8nClient, name: string): Promise<string> {
	const text = await readFile(path.join(ROOT, 'examples', `${name}.json`), 'utf8');
	return await client.createWorkflow(JSON.parse(text) as WorkflowDefinition);
}
