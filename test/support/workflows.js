const { randomUUID } = require('node:crypto');

/** Workflows as n8n's API takes them, made of plain data: tests and the bench put them into an n8n. */

/**
 * @typedef {Record<string, any> & { name: string, parameters: Record<string, any> }} Node
 * @typedef {{ name: string, nodes: Node[], connections: Record<string, any> }} Workflow
 */

/**
 * @param {string} name
 * @param {string} type
 * @param {number} typeVersion
 * @param {Record<string, any>} parameters
 * @returns {Node}
 */
function builtInNode(name, type, typeVersion, parameters) {
	const webhook = type.endsWith('.webhook') ? { webhookId: randomUUID() } : {};
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...webhook };
}

/** @param {string} name */
function to(name) {
	return { main: [[{ node: name, type: 'main', index: 0 }]] };
}

/**
 * A webhook, and its body's `items` one by one.
 *
 * @param {string} path
 * @param {object} answer when and with what the webhook answers
 */
function webhookAndItems(path, answer) {
	return [
		builtInNode('Webhook', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'POST',
			path,
			options: {},
			...answer,
		}),
		builtInNode('Items', 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'body.items',
			options: {},
		}),
	];
}

const AT_ONCE = { responseMode: 'onReceived' };
const LAST_NODE = { responseMode: 'lastNode', responseData: 'allEntries' };

/**
 * A node, run by a webhook.
 *
 * @param {Node} last
 * @param {object} [answer] without it, the webhook answers with what the node returns
 * @returns {Workflow} named like the webhook's path
 */
function aroundNode(last, answer = LAST_NODE) {
	const path = randomUUID();
	return {
		name: path,
		nodes: [...webhookAndItems(path, answer), last],
		connections: { Webhook: to('Items'), Items: to(last.name) },
	};
}

/**
 * Type, name and data of the credential that HTTP Request sends GMI's key with.
 *
 * @param {string} key
 * @returns {[type: string, name: string, data: Record<string, unknown>]}
 */
function byHandCredential(key) {
	const data = { name: 'Authorization', value: `Bearer ${key}` };
	return ['httpHeaderAuth', 'GMI Cloud by hand', data];
}

/**
 * What people build without the package: submit, then Wait 5 seconds and ask, around in a loop until each is
 * done, then fetch the file.
 *
 * @param {object} gmi
 * @param {string} gmi.url
 * @param {{ id: string, name: string }} gmi.credential one of {@link byHandCredential}
 * @param {string} gmi.model
 * @returns {Workflow} named like the webhook's path, which answers at once
 */
function handBuiltLoop({ url, credential, model }) {
	const path = randomUUID();
	const api = `${url}/api/v1/ie/requestqueue/apikey/requests`;
	const signed = { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' };
	const { id, name } = credential;
	/** @param {Node} node */
	const withKey = (node) => ({ ...node, credentials: { httpHeaderAuth: { id, name } } });
	const nodes = [
		...webhookAndItems(path, AT_ONCE),
		withKey(
			builtInNode('Submit', 'n8n-nodes-base.httpRequest', 4.2, {
				method: 'POST',
				url: api,
				...signed,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ JSON.stringify({ model: '${model}', payload: { prompt: $json.prompt } }) }}`,
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
	return {
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
	};
}

module.exports = { AT_ONCE, aroundNode, builtInNode, byHandCredential, handBuiltLoop };
