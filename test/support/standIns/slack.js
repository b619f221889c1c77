/** @typedef {import('mockttp').Mockttp} Mockttp */

const TOKEN = 'xoxb-stand-in';

/** What `chat.postMessage` answers when the token is wrong, and when there is no such channel. */
const REFUSALS = {
	auth: { ok: false, error: 'invalid_auth' },
	channel: { ok: false, error: 'channel_not_found' },
};

/**
 * Slack's chat.postMessage (https://docs.slack.dev/reference/methods/chat.postMessage), which answers with
 * status 200 also when it refuses.
 *
 * @param {Mockttp} server
 * @param {string[]} channels such as `#videos`
 */
async function serveSlack(server, channels) {
	/** @type {Array<{ channel: string, text: string }>} */
	const messages = [];

	await server.forPost('https://slack.com/api/chat.postMessage').thenCallback(async (request) => {
		if (request.headers.authorization !== `Bearer ${TOKEN}`) return json(REFUSALS.auth);
		const { channel, text } = /** @type {any} */ (await request.body.getJson());
		if (!channels.includes(channel)) return json(REFUSALS.channel);
		messages.push({ channel, text });
		const ts = `${1_700_000_000 + messages.length}.000100`;
		const message = { type: 'message', bot_id: 'B0', user: 'U0', text, ts };
		return json({ ok: true, channel: 'C0', ts, message });
	});

	return { credential: { accessToken: TOKEN }, messages };
}

/** @param {object} body */
function json(body) {
	return { statusCode: 200, json: body };
}

module.exports = { serveSlack };
