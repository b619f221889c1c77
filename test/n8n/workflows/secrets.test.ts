import { credential, n8n, ownNode, run, sandbox } from '../../support/n8n';
import { startServer } from '../../support/ownServer';

const gmi = sandbox.sandbox;
const KEY = sandbox.key;
const PROMPTS = [1, 2, 3].map((i) => ({ prompt: `a lighthouse, take ${i}` }));

type Answer = Parameters<typeof startServer>[0];

const echo: Answer = ({ headers }) => ({
	status: 400,
	headers: { 'content-type': 'application/json', 'x-echo': String(headers.authorization) },
	body: JSON.stringify({ error: { message: `Bad header ${headers.authorization}`, headers } }),
});
const echoPage: Answer = ({ headers }) => ({
	status: 502,
	headers: { 'content-type': 'text/html' },
	body: `<html><title>Bad gateway for ${headers.authorization}</title></html>`,
});
const echoText: Answer = ({ headers }) => ({ status: 200, body: `${headers.authorization}` });
const refuse: Answer = ({ headers }) => ({
	status: 401,
	body: JSON.stringify({ error: `token ${String(headers.authorization).split(' ')[1]} is bad` }),
});
const redirectWithKey: Answer = ({ url, headers }) => ({
	status: 302,
	headers: { location: `http://127.0.0.1:1${url}?token=${headers.authorization}` },
});

/** Every kind of call gets the answer but the list: searching that for a lost request takes a while. */
const butForLists =
	(answer: Answer): Answer =>
	(asked) =>
		/\/requests\?/.test(asked.url) ? { body: '{"requests":[],"total":0}' } : answer(asked);

const GENERATE = {
	resource: 'video',
	operation: 'generate',
	model: { __rl: true, mode: 'id', value: 'vidu-q3-pro-t2v' },
	prompt: '={{ $json.prompt }}',
	options: { skipValidation: true },
};
const GET = { resource: 'video', operation: 'get', requestId: '={{ $json.prompt }}' };

/** What becomes of a failing item. */
const ENDINGS = [
	{},
	{ onError: 'continueRegularOutput' as const },
	{ onError: 'continueErrorOutput' as const },
];

/** Runs in every way in which n8n deals with errors, side by side. */
async function runAgainst(baseUrl: string, operations: object[], apiKey = KEY) {
	const using = await credential({ baseUrl, apiKey });
	const runs = operations.flatMap((parameters) =>
		ENDINGS.map(
			async (settings) =>
				await run(await ownNode('gmiVideo', { ...parameters }, settings, using), PROMPTS),
		),
	);
	return await Promise.all(runs);
}

function expectWordsButNoKey(results: Array<{ execution: { data: object } }>, words: RegExp): void {
	for (const result of results) {
		expect(JSON.stringify(result.execution.data)).toMatch(words);
		const text = JSON.stringify(result) + n8n.log;
		for (const piece of [KEY, KEY.slice(-24), KEY.slice(100, 130)]) {
			expect(text).not.toContain(piece);
			expect(text).not.toContain(Buffer.from(piece).toString('base64').slice(4, -4));
		}
	}
}

describe('the key shows nowhere in n8n when the service', () => {
	it.each([
		['repeats it in a refusal', echo, /Bad header Bearer …/],
		['repeats it in a web page', echoPage, /502/],
		['answers with nothing else', echoText, /cannot be read|Bearer …/],
		['names it as refused', refuse, /token … is bad/],
		['redirects to an address with it', redirectWithKey, /redirect/],
	])(
		'%s',
		async (_, answer, words) => {
			const server = await startServer(butForLists(answer));
			const results = await runAgainst(server.url, [GENERATE, GET]);
			await server.stop();
			expectWordsButNoKey(results, words);
		},
		120_000,
	);

	it.each([
		['speaks no TLS', sandbox.url.replace('http:', 'https:'), /closed before|could not be reached/],
		['is not there', 'http://127.0.0.1:9', /could not be reached/],
		['has no known name', 'https://gmi.invalid', /could not be reached/],
		['would be asked without TLS', 'http://gmi.invalid', /must begin with https/],
	])(
		'%s',
		async (_, baseUrl, words) => {
			expectWordsButNoKey(await runAgainst(baseUrl, [GET]), words);
		},
		60_000,
	);

	it('answers too late', async () => {
		gmi.reset();
		gmi.faults.inject({ name: 'silence-before', endpoint: 'get', times: 'forever' });
		expectWordsButNoKey(await runAgainst(sandbox.url, [GET]), /did not answer|answer/);
	}, 120_000);

	it('is given a key that no header can carry', async () => {
		const results = await runAgainst(sandbox.url, [GENERATE, GET], `${KEY}\nsecond line`);
		expectWordsButNoKey(results, /cannot be sent/);
	}, 120_000);
});
