const { mkdtemp, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');

const { generateCACertificate, getLocal } = require('mockttp');

/** @typedef {import('mockttp').Mockttp} Mockttp */

/**
 * The web as an n8n sees it that runs with `env`: a proxy that ends TLS with a certificate of its own. Only
 * what was set up on `server` is there; every other call is refused and named in `strangers`.
 */
async function openWeb() {
	const certificate = await generateCACertificate();
	const folder = await mkdtemp(path.join(tmpdir(), 'web-'));
	const certificateFile = path.join(folder, 'ca.pem');
	await writeFile(certificateFile, certificate.cert);

	const server = getLocal({ https: certificate, cors: false });
	await server.start();
	/** @type {string[]} */
	const strangers = [];
	await server.forUnmatchedRequest().thenCallback(({ method, url }) => {
		strangers.push(`${method} ${url}`);
		return { statusCode: 502, body: 'No such host here' };
	});

	return {
		server,
		strangers,
		/** @type {Record<string, string>} */
		env: {
			HTTP_PROXY: server.url,
			HTTPS_PROXY: server.url,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificateFile,
		},
		async close() {
			await server.stop();
			await rm(folder, { recursive: true });
		},
	};
}

module.exports = { openWeb };
