const { createServer } = require('node:http');

/**
 * @typedef {{ url: string, headers: import('node:http').IncomingHttpHeaders }} Asked
 * @typedef {{ status?: number, headers?: Record<string, string>, body?: string | Buffer }} Answer
 */

/**
 * A server on this computer that answers as a test wants; without an answer it stays silent.
 *
 * @param {(asked: Asked) => Answer | undefined} answer
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
async function startServer(answer) {
	const server = createServer((request, response) => {
		const made = answer({ url: String(request.url), headers: request.headers });
		request.resume();
		if (!made) return;
		response.writeHead(made.status ?? 200, made.headers);
		response.end(made.body);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}`,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

module.exports = { startServer };
