const { randomUUID } = require('node:crypto');

const { client, sandbox } = require('./n8n');

const MODEL = 'vidu-q3-pro-t2v';

/**
 * What people build without the package: submit, then Wait 5 seconds and ask, around in a loop until each is
 * done, then fetch the file.
 *
 * @returns {Promise<{ workflowId: string, path: string }>}
 */
async function deployHandBuiltLoop() {
	const path = randomUUID();
	const api = `${sandbox.url}/api/v1/ie/requestqueue/apikey/requests`;
	const { id, name } = await client.createCredential('httpHeaderAuth', 'GMI Cloud by hand', {
		name: 'Authorization',
		value: `Bearer ${sandbox.key}`,
	});
	const signed = { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' };
	/** @param {object} node */
	const withKey = (node) => ({ ...node, credentials: { httpHeaderAuth: { id, name } } });
	const nodes = [
		builtInNode('Webhook', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path,
			responseMode: 'onReceived',
			options: {},
		}),
		builtInNode('Items', 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'body.items',
			options: {},
		}),
		withKey(
			builtInNode('Submit', 'n8n-nodes-base.httpRequest', 4.2, {
				method: 'POST',
				url: api,
				...signed,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ JSON.stringify({ model: '${MODEL}', payload: { prompt: $json.prompt } }) }}`,
				options: {},
			}),
		),
		builtInNode('Wait', 'n8n-nodes-base.wait', 1.1, { amount: 5, unit: 'seconds' }),
		withKey(
			builtInNode('Ask', 'n8n-nodes-base.httpRequest', 4.2, {
				url: `=${api}/{{ $json.request_id }}`,
				...signed,
				options: {},
			}),
		),
		builtInNode('Done?', 'n8n-nodes-base.if', 2.2, {
			conditions: {
				combinator: 'and',
				options: { version: 2, caseSensitive: true, typeValidation: 'strict' },
				conditions: [
					{
						leftValue: '={{ $json.status }}',
						rightValue: 'success',
						operator: { type: 'string', operation: 'equals' },
					},
				],
			},
			options: {},
		}),
		builtInNode('File', 'n8n-nodes-base.httpRequest', 4.2, {
			url: '={{ $json.outcome.video_url }}',
			options: { response: { response: { responseFormat: 'file' } } },
		}),
	];
	const workflowId = await client.createWorkflow({
		name: path,
		nodes,
		connections: {
			Webhook: to('Items'),
			Items: to('Submit'),
			Submit: to('Wait'),
			Wait: to('Ask'),
			Ask: to('Done?'),
			'Done?': { main: [to('File').main[0], to('Wait').main[0]] },
		},
	});
	await client.activate(workflowId);
	return { workflowId, path };
}

/**
 * @param {string} name
 * @param {string} type
 * @param {number} typeVersion
 * @param {object} parameters
 */
function builtInNode(name, type, typeVersion, parameters) {
	const webhook = type.endsWith('.webhook') ? { webhookId: randomUUID() } : {};
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...webhook };
}

/** @param {string} name */
function to(name) {
	return { main: [[{ node: name, type: 'main', index: 0 }]] };
}

module.exports = { deployHandBuiltLoop, builtInNode };
