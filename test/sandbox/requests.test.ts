import { sleep } from 'n8n-workflow';

import { startSandbox } from '../support/sandbox';
import type { Sandbox } from '../support/sandboxTypes';
import { Calls } from './calls';
import { recorded } from './recorded';

let sandbox: Sandbox;
let calls: Calls;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 60, syncDurationMs: 60 });
	calls = new Calls(sandbox);
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => await sandbox.stop());

const keys = (value: unknown) => Object.keys(value as object).sort();

describe('a submit', () => {
	it('answers the short record, a GET the long one', async () => {
		const { status, body } = await calls.submit('Veo3', { prompt: 'x', seed: null });
		expect(status).toBe(200);
		expect(keys(body)).toEqual(keys(recorded('create-response-sora-2-pro-queued')));
		expect(body.status).toBe('queued');
		const record = await calls.finished(body.request_id);
		expect(keys(record)).toEqual(keys(recorded('request-sora-2-pro-success')));
		expect(keys(record.outcome)).toEqual(keys(recorded('outcome-Veo3')));
		expect(record.payload).toEqual({ prompt: 'x', seed: null });
		expect(Number.isInteger(record.created_at)).toBe(true);
	});

	it('goes through the states in their order', async () => {
		await sandbox.configure({ firstStatus: 'created', durationMs: 400 });
		const { body } = await calls.submit('Veo3');
		const seen = [body.status];
		while (seen.at(-1) !== 'success') {
			const { status } = (await calls.get(`/requests/${body.request_id}`)).body;
			if (status !== seen.at(-1)) seen.push(status);
			await sleep(5);
		}
		expect(seen).toEqual(['created', 'queued', 'dispatched', 'processing', 'success']);
	});

	it('holds the POST of synchronous models, with and without outcome', async () => {
		const picture = (await calls.submit('seedream-5.0-lite')).body;
		const known = recorded('create-response-seedream-5.0-lite-sync-success');
		expect(keys(picture)).toEqual(keys(known));
		expect(keys(picture.outcome)).toEqual(keys(known.outcome));
		const speech = (await calls.submit('minimax-tts-speech-2.8-hd', { text: 'Hello' })).body;
		const short = recorded('create-response-minimax-tts-sync-success-no-outcome');
		expect(keys(speech)).toEqual(keys(short));
		expect((await calls.submit('ltx-2-quick')).body.outcome).toHaveProperty('video_url');
	});

	it('leaves dead models queued for ever', async () => {
		const { body } = await calls.submit('Flux2-Klein', { prompt: 'x' });
		await sleep(150);
		const record = (await calls.get(`/requests/${body.request_id}`)).body;
		expect(keys(record)).toEqual(keys(recorded('request-Flux2-Klein-queued')));
		expect(record).toMatchObject({ status: 'queued', outcome: null, updated_at: body.created_at });
	});

	it('refuses what GMI refuses, and nothing else', async () => {
		expect((await calls.submit('nope')).body).toEqual({ error: 'model nope does not exist' });
		const gated = await calls.submit('veo-3.1-generate-preview-gated');
		expect([gated.status, gated.body.error]).toEqual([
			404,
			expect.stringMatching(/not have access/),
		]);
		expect((await calls.submit('Veo3', {})).status).toBe(400);
		expect((await calls.submit('Veo3', { anything: 'goes' })).status).toBe(200);
	});

	it('refuses bad values when told to, and lists the refused request as failed', async () => {
		await sandbox.configure({ badInput: '500' });
		const { status, body } = await calls.submit('Veo3', { prompt: 'x', durationSeconds: '7' });
		expect([status, body]).toEqual([500, recorded('error-500-backend-wrapped')]);
		const [left] = (await calls.list()).requests;
		expect(left).toMatchObject({ status: 'failed', outcome: body });
	});

	it('limits the rate for real when told to', async () => {
		await sandbox.configure({ rateLimits: [{ model: '*', limit: 2, intervalMs: 300 }] });
		await calls.submit('Veo3');
		await calls.submit('Veo3');
		const { status, body } = await calls.submit('Veo3');
		expect(status).toBe(429);
		expect(keys(body)).toEqual(keys(recorded('error-429-rpm')));
		const { retry_after_ms: wait } = body.rate_limit as { retry_after_ms: number };
		expect((await calls.submit('Luma-Ray2')).status).toBe(200);
		await sleep(wait + 5);
		expect((await calls.submit('Veo3')).status).toBe(200);
	});
});

describe('outcomes', () => {
	const url = expect.stringMatching(
		/\/gmi-video-assests-prod\/user-assests\/[^/]+\/\d+\/sample_\d/,
	);

	it.each([
		['sora-2-pro', { thumbnail_image_url: expect.stringMatching(/\.jpg$/), video_url: url }],
		[
			'kling-multi-shot',
			{
				media_urls: [
					{ id: '0', url },
					{ id: '1', url },
				],
			},
		],
		['wan2.7-image', { media_urls: [url, url] }],
		['inworld-tts-1.5-mini', { audio_url: url, format: 'mp3', status: 'success' }],
		['kling-identify-face', { data: { face_data: [{ face_id: '0' }] } }],
		[
			'gemini-2.5-flash-image',
			{ candidates: [{ content: { parts: [{ inlineData: { mimeType: 'image/png' } }] } }] },
		],
	])('of %s have their own shape', async (model, shape) => {
		const record = await calls.run(model, { prompt: 'x', n: 2 });
		expect(record.outcome).toMatchObject(shape);
	});

	it('of picture models come with an empty payload echo', async () => {
		expect((await calls.run('pixverse-v5.6-i2v')).payload).toEqual({});
	});
});

describe('ends', () => {
	it.each([
		['string', { outcome: { error: 'why' } }],
		['object', { outcome: { error: { code: 400, message: 'why', status: 'INVALID_INPUT' } } }],
		['outcome-message', { outcome: { message: 'why' } }],
		['outcome-reason', { outcome: { reason: 'why' } }],
		['outcome-status', { outcome: { status: 'why' } }],
		['top-error', { outcome: null, error: 'why' }],
		['top-error-message', { outcome: null, error_message: 'why' }],
		['top-reason', { outcome: null, reason: 'why' }],
		['top-message', { outcome: null, message: 'why' }],
		['none', { outcome: null }],
		['empty-outcome', { outcome: {} }],
	])('tell a failure as %s', async (shape, expected) => {
		await sandbox.plan({ ends: 'failed', shape, reason: 'why' });
		expect(await calls.run('Veo3')).toMatchObject({ status: 'failed', ...expected });
		expect((await sandbox.faults()).failureShapes).toContain(shape);
	});

	it('can be planned for single requests, by their order or their words', async () => {
		await sandbox.plan({ index: 1, ends: 'cancelled' });
		await sandbox.plan({ payload: 'slow', durationMs: null });
		const [first, second, slow] = await Promise.all(
			['a', 'b', 'slow'].map(async (prompt) => (await calls.submit('Veo3', { prompt })).body),
		);
		await sleep(120);
		const ends = await Promise.all(
			[first, second].map(async (r) => await calls.finished(r.request_id)),
		);
		expect(ends.map(({ status }) => status).sort()).toEqual(['cancelled', 'success']);
		expect((await calls.get(`/requests/${slow.request_id}`)).body.status).toBe('processing');
		await sandbox.finish(slow.request_id, { status: 'failed', shape: 'string', reason: 'by hand' });
		expect((await calls.finished(slow.request_id)).outcome).toEqual({ error: 'by hand' });
	});

	it('of synchronous models are told in the POST', async () => {
		await sandbox.plan({ ends: 'failed' });
		const { status, body } = await calls.submit('seedream-5.0-lite');
		expect(status).toBe(400);
		expect(keys(body)).toEqual(keys(recorded('error-400-generation-rejected')));
		expect((await calls.finished(body.request_id)).status).toBe('failed');
	});

	it('come after the durations in the list, one for each submit', async () => {
		await sandbox.configure({ durationList: [0, null] });
		const quick = (await calls.submit('Veo3')).body;
		const never = (await calls.submit('Veo3')).body;
		expect((await calls.get(`/requests/${quick.request_id}`)).body.status).toBe('success');
		await sleep(100);
		expect((await calls.get(`/requests/${never.request_id}`)).body.status).not.toBe('success');
	});
});
