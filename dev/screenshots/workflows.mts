import type { WorkflowDefinition } from '../n8n/index.mjs';

interface Credential {
	id: string;
	name: string;
}

const PROMPT =
	'A paper boat drifts down a rainy street at dusk, slow tracking shot, warm street lights';

const start = {
	id: 'start',
	name: 'Run by hand',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const to = (node: string) => ({ node, type: 'main', index: 0 });

function own(name: string, title: string, credential: Credential, position: number[]) {
	return {
		id: title,
		name: title,
		type: `n8n-nodes-gmicloud.${name}`,
		typeVersion: 1,
		position,
		credentials: { gmiCloudApi: credential },
	};
}

/** One prompt, one video. */
export function oneVideo(credential: Credential, model: string): WorkflowDefinition {
	const generate = {
		...own('gmiVideo', 'GMI Video', credential, [240, 0]),
		parameters: {
			resource: 'video',
			operation: 'generate',
			model: { __rl: true, mode: 'list', value: model, cachedResultName: model },
			prompt: PROMPT,
		},
	};
	return {
		name: 'My first video',
		nodes: [start, generate],
		connections: { [start.name]: { main: [[to('GMI Video')]] } },
	};
}

/** Submit, wait, look: n8n itself keeps the waiting. */
export function submitAndFollow(credential: Credential, model: string): WorkflowDefinition {
	const generate = {
		...own('gmiVideo', 'Submit', credential, [240, 0]),
		parameters: {
			resource: 'video',
			operation: 'generate',
			model: { __rl: true, mode: 'list', value: model, cachedResultName: model },
			prompt: PROMPT,
			waitForCompletion: false,
		},
	};
	const wait = {
		id: 'wait',
		name: 'Wait',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		position: [480, 0],
		webhookId: 'wait',
		parameters: { amount: 2, unit: 'minutes' },
	};
	const status = {
		...own('gmiVideoStatus', 'GMI Video Status', credential, [720, 0]),
		parameters: {},
	};
	const end = (name: string, y: number) => ({
		id: name,
		name,
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [1040, y],
		parameters: {},
	});
	return {
		name: 'Submit and follow',
		nodes: [start, generate, wait, status, end('Store the video', -140), end('Tell someone', 140)],
		connections: {
			[start.name]: { main: [[to('Submit')]] },
			Submit: { main: [[to('Wait')]] },
			Wait: { main: [[to('GMI Video Status')]] },
			'GMI Video Status': { main: [[to('Store the video')], [to('Wait')], [to('Tell someone')]] },
		},
	};
}
