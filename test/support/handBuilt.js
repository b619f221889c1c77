const { client, sandbox } = require('./n8n');
const { byHandCredential, handBuiltLoop } = require('./workflows');

/**
 * Makes the loop built by hand ready to run.
 *
 * @param {string} model
 * @returns {Promise<{ workflowId: string, path: string }>}
 */
async function deployHandBuiltLoop(model) {
	const credential = await client.createCredential(...byHandCredential(sandbox.key));
	const workflow = handBuiltLoop({ url: sandbox.url, credential, model });
	const workflowId = await client.createWorkflow(workflow);
	await client.activate(workflowId);
	return { workflowId, path: workflow.name };
}

module.exports = { deployHandBuiltLoop };
