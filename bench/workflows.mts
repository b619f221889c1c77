import { randomUUID } from 'node:crypto';

import type { N8nClient, WorkflowDefinition } from '../dev/n8n/index.mjs';
import type { RunningSandbox } from '../dev/sandbox/index.mjs';
import {
	aroundNode,
	AT_ONCE,
	builtInNode,
	byHandCredential,
	handBuiltLoop,
} from '../test/support/workflows.js';
import type { Contender } from './results.mjs';

export const MODEL = 'vidu-q3-pro-t2v';

const PROMPT = '={{ $json.prompt }}';

/** A contender's workflow, named like the path of its webhook, and the node that gives the files. */
export interface Entry {
	workflow: WorkflowDefinition;
	last: string;
}

/** Makes a contender's workflow for the jobs of a sandbox. */
export async function entryOf(
	contender: Contender,
	client: N8nClient,
	sandbox: RunningSandbox,
): Promise<Entry> {
	const { url, key } = sandbox;
	switch (contender) {
		case 'handBuilt': {
			const credential = await client.createCredential(...byHandCredential(key));
			return { workflow: handBuiltLoop({ url, credential, model: MODEL }), last: 'File' };
		}
		case 'package': {
			const credentials = { gmiCloudApi: await gmiCredential(client, sandbox) };
			const parameters = {
				resource: 'video',
				operation: 'generate',
				model: modelById(),
				prompt: PROMPT,
			};
			return around({
				...builtInNode('Video', 'n8n-nodes-gmicloud.gmiVideo', 1, parameters),
				credentials,
			});
		}
		case 'serial': {
			const credentials = { serialVideoApi: await serialCredential(client, sandbox) };
			const parameters = { model: MODEL, prompt: PROMPT };
			return around({ ...builtInNode('Video', SERIAL_NODE, 1, parameters), credentials });
		}
	}
}

export const SERIAL_NODE = 'n8n-nodes-serialvideo.serialVideo';

function around(last: ReturnType<typeof builtInNode>): Entry {
	return { workflow: aroundNode(last, AT_ONCE), last: last.name };
}

function modelById() {
	return { __rl: true, mode: 'id', value: MODEL };
}

export async function gmiCredential(client: N8nClient, { url, key }: RunningSandbox) {
	const data = { apiKey: key, organizationId: '', baseUrl: url };
	return await client.createCredential('gmiCloudApi', `GMI ${randomUUID()}`, data);
}

export async function serialCredential(client: N8nClient, { url, key }: RunningSandbox) {
	const data = { apiKey: key, baseUrl: url };
	return await client.createCredential('serialVideoApi', `Serial ${randomUUID()}`, data);
}
