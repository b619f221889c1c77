import { startSandbox } from '../support/sandbox';
import type { FaultSpec, Sandbox } from '../support/sandboxTypes';
import { Calls, endOf } from './calls';
import { recorded } from './recorded';

let sandbox: Sandbox;
let calls: Calls;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 0, defaultSize: '320x180' });
	calls = new Calls(sandbox);
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => await sandbox.stop());

const patience = () => ({ signal: AbortSignal.timeout(150) });
const submitWith = async (init: RequestInit) =>
	await calls.call('POST', '/requests', { model: 'Veo3', payload: { prompt: 'x' } }, init);

async function acceptedNumber() {
	return (await sandbox.counters()).accepted;
}

describe('refusals', () => {
	const backend = (status: number) => ({ error: `Backend error (${status}). Please try again.` });

	it.each<[string, number, unknown]>([
		[
			'rejected-400',
			400,
			{ ...recorded('error-400-generation-rejected'), request_id: expect.any(String) },
		],
		['size-400', 400, { error: 'size dimensions must be multiples of 16' }],
		['fetch-image-400', 400, { error: 'failed to fetch image' }],
		['unauthorized-401', 401, { error: 'Invalid access token' }],
		['credits-402', 402, recorded('error-402-insufficient-credits')],
		['forbidden-403', 403, { error: 'Permission denied' }],
		['unknown-404', 404, { error: 'model Veo3 does not exist' }],
		['no-access-404', 404, { error: 'you do not have access to model Veo3' }],
		['wrong-host-405', 405, { error: 'Method Not Allowed' }],
		['rate-limit-429-bare', 429, { error: 'Rate limit exceeded' }],
		['backend-400', 500, recorded('error-500-backend-wrapped')],
		['backend-401', 500, backend(401)],
		['backend-403', 500, backend(403)],
		['backend-422', 500, backend(422)],
		['price-500', 500, { error: expect.stringContaining('price') }],
		['error-500', 500, { error: 'Internal server error' }],
		['capacity-503', 503, { ...recorded('error-503-capacity'), request_id: expect.any(String) }],
		['capacity-503-bare', 503, { error: recorded('error-503-capacity').error }],
		['nested-message', 400, { error: { message: expect.any(String) } }],
		['plain-message', 400, { message: expect.any(String) }],
		['detail', 422, { detail: expect.any(String) }],
	])('%s answer %i', async (name, status, body) => {
		await sandbox.inject({ name, endpoint: 'submit' });
		const answer = await calls.submit('Veo3');
		expect([answer.status, answer.body]).toEqual([status, body]);
		expect(await acceptedNumber()).toBe(0);
		expect((await calls.submit('Veo3')).status).toBe(200);
	});

	it.each(['backend-400', 'rejected-400'])(
		'%s leave a failed request in the list',
		async (name) => {
			await sandbox.inject({ name, endpoint: 'submit' });
			const { body } = await calls.submit('Veo3');
			const { requests } = await calls.list();
			expect(requests).toEqual([
				expect.objectContaining({ status: 'failed', outcome: { error: body.error } }),
			]);
			if (body.request_id) expect(requests[0].request_id).toBe(body.request_id);
		},
	);

	it('for the rate say when to come back in the body, in seconds or as a date', async () => {
		await sandbox.inject({ name: 'rate-limit-429', retryAfterMs: 2500 });
		const { body } = await calls.submit('Veo3');
		expect(body.rate_limit).toMatchObject({ retry_after_ms: 2500 });
		await sandbox.inject({ name: 'rate-limit-429-seconds', retryAfterMs: 2500 });
		expect((await calls.submit('Veo3')).headers.get('retry-after')).toBe('3');
		await sandbox.inject({ name: 'rate-limit-429-date', retryAfterMs: 60_000 });
		const date = (await calls.submit('Veo3')).headers.get('retry-after') ?? '';
		expect(Date.parse(date) - Date.now()).toBeGreaterThan(50_000);
	});
});

describe('pages instead of JSON', () => {
	it.each([
		['cloudflare-403', 403, '1010', 0],
		['cloudflare-200', 200, 'Just a moment', 1],
		['bad-gateway-502', 502, '<html', 0],
		['bad-gateway-502-after', 502, '<html', 1],
		['gateway-timeout-504', 504, '<html', 0],
		['gateway-timeout-504-after', 504, '<html', 1],
		['unavailable-503', 503, 'Service Unavailable', 0],
	])('%s', async (name, status, words, accepted) => {
		await sandbox.inject({ name });
		const answer = await calls.submit('Veo3');
		expect([answer.status, answer.body]).toEqual([status, undefined]);
		expect(answer.text).toContain(words);
		expect(await acceptedNumber()).toBe(accepted);
	});
});

describe('connections', () => {
	it.each([
		['reset-before', 'ECONNRESET', 0],
		['reset-after', 'ECONNRESET', 1],
		['silence-before', 'TimeoutError', 0],
		['silence-after', 'TimeoutError', 1],
		['truncated', 'UND_ERR_SOCKET', 1],
		['chunked-cut', 'UND_ERR_SOCKET', 1],
		['stalled', 'TimeoutError', 1],
	])('%s end with %s', async (name, end, accepted) => {
		await sandbox.inject({ name });
		expect(await endOf(submitWith(patience()))).toBe(end);
		expect(await acceptedNumber()).toBe(accepted);
		expect((await sandbox.log({ fault: name })).map(({ aborted }) => aborted)).toEqual([
			end === 'TimeoutError',
		]);
	});

	it('can be slow or late', async () => {
		const { outcome } = await calls.run('Veo3');
		await sandbox.inject({ name: 'slow', endpoint: 'artifact', bytesPerSecond: 1000 });
		const slow = fetch(String(outcome?.video_url), patience()).then(
			async (answer) => await answer.text(),
		);
		await expect(slow).rejects.toThrow('timeout');
		await sandbox.inject({ name: 'delay', delayMs: 120 });
		const start = Date.now();
		expect((await calls.get('/models')).status).toBe(200);
		expect(Date.now() - start).toBeGreaterThanOrEqual(115);
	});

	it('can be redirected to another host', async () => {
		await sandbox.inject({ name: 'redirect', times: 2 });
		const answer = await submitWith({ redirect: 'manual' });
		expect(answer.status).toBe(302);
		expect(answer.headers.get('location')).toMatch(sandbox.storageUrl);
		await calls.get('/models');
		expect((await sandbox.log({ server: 'storage' }))[0]).toMatchObject({ authorized: false });
	});
});

describe('bodies', () => {
	it.each([
		['malformed-json', 'request_id'],
		['empty-body', ''],
		['json-array', '[{'],
		['json-null', 'null'],
		['no-request-id', '"model":"Veo3"'],
	])('%s come with 200, after acceptance', async (name, words) => {
		await sandbox.inject({ name });
		const answer = await calls.submit('Veo3');
		expect(answer.status).toBe(200);
		expect(answer.text).toContain(words);
		expect(answer.body?.request_id).toBeUndefined();
		expect(await acceptedNumber()).toBe(1);
	});

	it.each(['huge-json', 'gzip-bomb'])('%s are as large as they say', async (name) => {
		const bytes = 4 * 1024 * 1024;
		await sandbox.inject({ name, bytes, endpoint: 'models' });
		expect((await calls.get('/models')).text).toHaveLength(bytes);
		const [{ sentBytes }] = await sandbox.log({ fault: name });
		if (name === 'gzip-bomb') expect(sentBytes).toBeLessThan(bytes / 100);
	});

	it.each([
		['expired-artifact', 403, 'AccessDenied'],
		['missing-artifact', 404, 'NoSuchKey'],
		['storage-503', 503, 'ServiceUnavailable'],
	])('%s are XML', async (name, status, code) => {
		const { outcome } = await calls.run('Veo3');
		await sandbox.inject({ name, endpoint: 'artifact' });
		const answer = await fetch(String(outcome?.video_url));
		expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(code)]);
		expect((await fetch(String(outcome?.video_url))).status).toBe(200);
	});
});

describe('matching', () => {
	const hits = async (fault: FaultSpec, prompts = ['a', 'b', 'c', 'd']) => {
		await sandbox.inject(fault);
		const statuses: number[] = [];
		for (const prompt of prompts) statuses.push((await calls.submit('Veo3', { prompt })).status);
		return prompts.filter((_, index) => statuses[index] !== 200);
	};

	it.each<[Partial<FaultSpec>, string[]]>([
		[{}, ['a']],
		[{ times: 2 }, ['a', 'b']],
		[{ times: 'forever' }, ['a', 'b', 'c', 'd']],
		[{ skip: 1, times: 2 }, ['b', 'c']],
		[{ index: 2 }, ['c']],
		[{ payload: '"c"' }, ['c']],
		[{ model: 'Luma-Ray2' }, []],
		[{ endpoint: 'get' }, []],
		[{ times: 'forever', probability: 0 }, []],
	])('by %j hits %j', async (match, expected) => {
		expect(await hits({ name: 'error-500', ...match })).toEqual(expected);
	});

	it('lists what is known and what is active, and refuses unknown names', async () => {
		const id = await sandbox.inject({ name: 'error-500', endpoint: 'get' });
		const { known, active } = await sandbox.faults();
		expect(known.length).toBeGreaterThan(45);
		expect(active).toEqual([expect.objectContaining({ id, seen: 0, taken: 0 })]);
		await expect(sandbox.inject({ name: 'no-such' })).rejects.toThrow('Unknown fault: no-such');
	});
});
