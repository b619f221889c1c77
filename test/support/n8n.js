const { randomUUID } = require('node:crypto');

const { aroundNode } = require('./workflows');

/**
 * @typedef {import('n8n-workflow').INodeExecutionData} Item
 * @typedef {import('n8n-workflow').INode} Node
 * @typedef {import('./testBed').Credential} Credential
 */

const testBed = /** @type {import('./testBed').TestBed} */ (require('./testBed').get());

const PACKAGE = 'n8n-nodes-gmicloud';
const NODE_UNDER_TEST = 'Under test';

/** The credential test of a refused key. n8n 1 drops the reply's status on the way to any credential's own words. */
const keyRefused = testBed.version.startsWith('1.')
	? /Authorization failed - please check your credentials/
	: /GMI Cloud refused this API key/;

/** @type {Promise<Credential> | undefined} */
let usualCredential;

/** A credential for the sandbox; without changes always the same one. */
function credential(changes = {}) {
	const { url, key } = testBed.sandbox;
	const data = { apiKey: key, organizationId: '', baseUrl: url, ...changes };
	const create = () => testBed.client.createCredential('gmiCloudApi', 'GMI Cloud API', data);
	if (Object.keys(changes).length > 0) return create();
	usualCredential ??= create();
	return usualCredential;
}

/**
 * A node of the package as a workflow has it.
 *
 * @param {string} name such as `gmiVideo`
 * @param {Record<string, unknown>} parameters
 * @param {Partial<Node>} [settings] such as `onError`
 * @param {Credential} [using]
 */
async function ownNode(name, parameters, settings = {}, using) {
	const { id, name: credentialName } = using ?? (await credential());
	return {
		id: randomUUID(),
		name: NODE_UNDER_TEST,
		type: `${PACKAGE}.${name}`,
		typeVersion: 1,
		position: [400, 0],
		parameters,
		credentials: { gmiCloudApi: { id, name: credentialName } },
		...settings,
	};
}

/**
 * An active workflow: a webhook that answers with what the last node returns, the body's items one by one, the node.
 *
 * @param {import('./workflows').Node} node
 */
async function deploy(node) {
	const workflow = aroundNode(node);
	const workflowId = await testBed.client.createWorkflow(workflow);
	await testBed.client.activate(workflowId);
	return { workflowId, path: workflow.name };
}

/**
 * @typedef {object} Run
 * @property {number} status of the webhook's reply
 * @property {any} body of the webhook's reply
 * @property {any} execution
 * @property {Item[]} items first output of the node
 * @property {Item[][]} outputs
 * @property {any} error the execution's error as n8n stored it
 */

/**
 * Runs a node in production mode and reads what n8n stored about it.
 *
 * @param {import('./workflows').Node} node
 * @param {object[]} items the JSON of each item that goes in
 * @returns {Promise<Run>}
 */
async function run(node, items) {
	const { client } = testBed;
	const { workflowId, path } = await deploy(node);
	const { status, body } = await client.runWebhook(path, { items });
	const execution = await client.lastExecution(workflowId);
	await client.deactivate(workflowId);
	const { runData, error } = execution.data.resultData;
	const outputs = runData[NODE_UNDER_TEST]?.at(-1)?.data?.main ?? [];
	return { status, body, execution, outputs, items: outputs[0] ?? [], error };
}

/**
 * Prints what was measured, beside jest's own lines.
 *
 * @param {string} title
 * @param {object} figures
 */
function report(title, figures) {
	process.stderr.write(`\n${title}: ${JSON.stringify(figures)}\n`);
}

module.exports = { ...testBed, credential, deploy, keyRefused, ownNode, report, run };
