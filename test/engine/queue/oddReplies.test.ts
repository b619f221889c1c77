import nock from 'nock';

import { GmiVideo } from '../../../nodes/GmiVideo/GmiVideo.node';
import { runNode } from '../../support/engine';

const HOST = 'https://console.gmicloud.ai';
const QUEUE = '/api/v1/ie/requestqueue/apikey';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

async function get(requestId: string) {
	return await runNode({
		node: new GmiVideo(),
		credential: { apiKey: 'a-key', baseUrl: `${HOST}/` },
		parameters: { resource: 'video', operation: 'get', requestId },
	});
}

it('asks the real host, under the documented path, with the key as Bearer', async () => {
	const reply = { request_id: 'r 1/2', model: 'm', status: 'created' };
	const scope = nock(HOST, { reqheaders: { authorization: 'Bearer a-key' } })
		.get(`${QUEUE}/requests/r%201%2F2`)
		.reply(201, reply);
	const { items } = await get('r 1/2');
	expect(scope.isDone()).toBe(true);
	expect(items[0].json).toEqual({ ...reply, artifacts: [] });
});

it.each([
	[200, '', /cannot be read/],
	[200, '"text"', /cannot be read: text/],
	[204, '', /cannot be read/],
	[418, '{"detail":"short and stout"}', /refused the request: short and stout/],
	[520, '<html><title>Web server is returning an unknown error</title>', /status 520: Web server/],
])('says in words what status %i with %j means', async (status, body, message) => {
	nock(HOST).get(`${QUEUE}/requests/r-1`).reply(status, body);
	const { error } = await get('r-1');
	expect(error?.message).toMatch(message);
});

it('keeps words of the provider that n8n would replace', async () => {
	const words = 'ECONNRESET while the superpermission was read';
	nock(HOST).get(`${QUEUE}/requests/r-1`).reply(400, { error: words });
	const { error } = await get('r-1');
	expect(error?.message).toBe(`GMI Cloud refused the request: ${words} [item 0]`);
});

it('says when GMI cannot be reached, without advice to retry a paid call', async () => {
	nock(HOST)
		.get(`${QUEUE}/requests/r-1`)
		.replyWithError(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
	const { error } = await get('r-1');
	expect(error?.message).toBe(
		'GMI Cloud could not be reached: its host name is not known [item 0]',
	);
});
