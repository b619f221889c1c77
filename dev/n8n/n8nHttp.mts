import { setTimeout as sleep } from 'node:timers/promises';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Talks to one n8n: the editor's own API with a cookie, the public API with a key. */
export class N8nHttp {
	/** The session as a `Cookie` header has it; can be put into a browser. */
	cookie = '';
	apiKey = '';

	constructor(readonly url: string) {}

	/**
	 * A call the editor makes.
	 *
	 * @throws {Error} with n8n's own message when the status is not 2xx
	 */
	async rest(method: Method, path: string, body?: unknown): Promise<any> {
		const response = await this.send(method, `/rest${path}`, body);
		return (await readReply(response, `${method} /rest${path}`)).data;
	}

	/**
	 * A call of the public API.
	 *
	 * @throws {Error} with n8n's own message when the status is not 2xx
	 */
	async api(method: Method, path: string, body?: unknown): Promise<any> {
		const response = await this.send(method, `/api/v1${path}`, body);
		return await readReply(response, `${method} /api/v1${path}`);
	}

	/** Any request with the session's cookie and key. */
	async send(method: Method, path: string, body?: unknown): Promise<Response> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				// n8n closes connections that rest for 5 s; a busy machine sees that only when it uses one again.
				Connection: 'close',
				...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
				...(this.cookie ? { Cookie: this.cookie } : {}),
				...(this.apiKey ? { 'X-N8N-API-KEY': this.apiKey } : {}),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const session = response.headers.getSetCookie().find((text) => text.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0];
		return response;
	}
}

async function readReply(response: Response, call: string): Promise<any> {
	const text = await response.text();
	const reply = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : { message: text };
	if (!response.ok) throw new Error(`${call}: ${response.status} ${reply.message ?? text}`);
	return reply;
}

/** Asks again until there is an answer. */
export async function waitFor<T>(
	what: string,
	seconds: number,
	ask: () => Promise<T | undefined>,
	everyMs = 100,
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`${what}: nothing after ${seconds} s`);
		await sleep(everyMs);
	}
}
