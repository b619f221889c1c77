const { createServer } = require('node:http');
const { json: readJson } = require('node:stream/consumers');

const KEY = 'sk-stand-in';

/**
 * What the model is asked: the user's last words, the outcome of each tool call since then, and the tools.
 *
 * @typedef {{ said: string, results: string[], tools: Array<{ name: string, description: string, parameters: any }> }} Turn
 *
 * Either words for the user or calls of tools.
 *
 * @typedef {{ text: string } | { calls: Array<{ tool: string, arguments: object }> }} Reply
 */

/**
 * A chat model that says what the script says, behind OpenAI's Responses API
 * (https://platform.openai.com/docs/api-reference/responses).
 *
 * @param {(turn: Turn) => Reply} script
 */
async function startChatModel(script) {
	/** @type {Turn[]} */
	const turns = [];
	const server = createServer(async (request, response) => {
		const [status, body] = await answer(request);
		response.writeHead(status, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify(body));
	});

	/**
	 * @param {import('node:http').IncomingMessage} request
	 * @returns {Promise<[number, object]>}
	 */
	async function answer(request) {
		/** @type {any} */
		const body = await readJson(request);
		if (request.headers.authorization !== `Bearer ${KEY}`) return refusal(401, 'Incorrect API key');
		if (request.method !== 'POST' || request.url !== '/v1/responses') {
			return refusal(404, `Unknown request URL: ${request.method} ${request.url}`);
		}
		const turn = readTurn(body);
		turns.push(turn);
		return [200, describeResponse(body.model, turns.length, script(turn))];
	}

	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		credential: { apiKey: KEY, url: `http://127.0.0.1:${port}/v1`, header: false },
		turns,
		close: () => new Promise((resolve) => server.close(resolve)),
	};
}

/** @returns {Turn} */
function readTurn(/** @type {any} */ { input, tools = [] }) {
	const last = input.map((/** @type {any} */ { role }) => role).lastIndexOf('user');
	const { content } = input[last];
	const said = typeof content === 'string' ? content : content[0].text;
	const results = input
		.slice(last)
		.filter((/** @type {any} */ { type }) => type === 'function_call_output')
		.map((/** @type {any} */ { output }) => output);
	return { said, results, tools };
}

/**
 * @param {string} model
 * @param {number} number
 * @param {Reply} reply
 */
function describeResponse(model, number, reply) {
	const output =
		'text' in reply
			? [
					{
						...{ type: 'message', id: `msg_${number}`, role: 'assistant', status: 'completed' },
						content: [{ type: 'output_text', text: reply.text, annotations: [] }],
					},
				]
			: reply.calls.map((call, index) => ({
					...{ type: 'function_call', id: `fc_${number}_${index}`, status: 'completed' },
					...{ call_id: `call_${number}_${index}`, name: call.tool },
					arguments: JSON.stringify(call.arguments),
				}));
	return {
		...{ id: `resp_${number}`, object: 'response', created_at: Math.floor(Date.now() / 1000) },
		...{ status: 'completed', error: null, incomplete_details: null, instructions: null },
		...{ model, output, parallel_tool_calls: true, tool_choice: 'auto', tools: [], metadata: {} },
		usage: {
			...{ input_tokens: 10, output_tokens: 10, total_tokens: 20 },
			input_tokens_details: { cached_tokens: 0 },
			output_tokens_details: { reasoning_tokens: 0 },
		},
	};
}

/**
 * @param {number} status
 * @param {string} message
 * @returns {[number, object]}
 */
function refusal(status, message) {
	return [status, { error: { message, type: 'invalid_request_error', code: null, param: null } }];
}

module.exports = { startChatModel };
