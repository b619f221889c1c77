import { sleep } from 'n8n-workflow';

import { startSandbox } from '../support/sandbox';
import type { Sandbox } from '../support/sandboxTypes';
import { probe } from '../support/videos';
import { bytesAt, Calls } from './calls';
import { recorded } from './recorded';

interface UploadAddresses {
	upload_url: string;
	public_url: string;
}

let sandbox: Sandbox;
let calls: Calls;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 0, syncDurationMs: 0 });
	calls = new Calls(sandbox);
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => await sandbox.stop());

async function videoUrl(model: string, payload: object) {
	return String((await calls.run(model, { prompt: 'x', ...payload })).outcome?.video_url);
}

describe('videos', () => {
	it.each([
		['sora-2-pro', { size: '720x1280', seconds: '4' }, [720, 1280, 4]],
		['wan2.6-t2v', { size: '960*960', duration: 5 }, [960, 960, 5]],
		['Luma-Ray2', { resolution: '540p', aspect_ratio: '9:16', duration: '5s' }, [540, 960, 5]],
		['wan2.7-r2v', { resolution: '720P', ratio: '4:3', duration: 2 }, [960, 720, 2]],
		['Veo3', { aspectRatio: '9:16', durationSeconds: '6' }, [720, 1280, 6]],
		['heygen-avatar-4', { dimension: { width: 320, height: 240 } }, [320, 240, 5]],
	])('of %s have the size and length of %j', async (model, payload, [width, height, seconds]) => {
		const found = await probe(await bytesAt(await videoUrl(model, payload)));
		expect(found).toMatchObject({ codec: 'h264', width, height });
		expect(found.seconds).toBeCloseTo(seconds, 1);
	});

	it('can be made as large as is asked for, and still play', async () => {
		await sandbox.configure({ artifactBytes: 10 * 1024 * 1024 });
		const video = await bytesAt(await videoUrl('Veo3', { size: '320x180' }));
		expect(video).toHaveLength(10 * 1024 * 1024);
		expect(await probe(video)).toMatchObject({ width: 320, height: 180, seconds: 5 });
	});

	it('never hold up the API while they are encoded', async () => {
		const url = await videoUrl('Veo3', { size: '1920x1080', seconds: 8 });
		const download = bytesAt(url);
		const start = Date.now();
		await calls.get('/models');
		expect(Date.now() - start).toBeLessThan(150);
		await download;
	});
});

describe('other artifacts', () => {
	it.each([
		['seedream-5.0-lite', { size: '256x128' }, 'image/png', 'png'],
		['seedream-5.0-lite', { size: '256x128', output_format: 'jpeg' }, 'image/jpeg', 'mjpeg'],
	])('of %s with %j are real pictures', async (model, payload, type, codec) => {
		const { outcome } = await calls.run(model, { prompt: 'x', ...payload });
		const [{ url }] = outcome?.media_urls as Array<{ url: string }>;
		expect((await fetch(url)).headers.get('content-type')).toBe(type);
		expect(await probe(await bytesAt(url))).toMatchObject({ codec, width: 256, height: 128 });
	});

	it.each([
		['mp3', 'audio/mpeg', 'fffb10c0'],
		['wav', 'audio/wav', '52494646'],
	])('are sounds as %s', async (format, type, start) => {
		const { outcome } = await calls.run('minimax-music-3.0', { lyrics: 'la', format });
		const response = await fetch(String(outcome?.audio_url));
		expect(response.headers.get('content-type')).toBe(type);
		const bytes = Buffer.from(await response.arrayBuffer());
		expect(bytes.subarray(0, 4).toString('hex')).toBe(start);
	});

	it('come with a wrong type or none when told to', async () => {
		const url = await videoUrl('Veo3', { size: '320x180' });
		await sandbox.configure({ artifactContentType: 'wrong' });
		expect((await fetch(url)).headers.get('content-type')).toBe('application/octet-stream');
		await sandbox.configure({ artifactContentType: 'missing' });
		expect((await fetch(url)).headers.get('content-type')).toBeNull();
	});

	it('expire when told to; a fresh GET gives an address that works', async () => {
		await sandbox.configure({ artifactTtlMs: 80 });
		const { body } = await calls.submit('Veo3', { prompt: 'x', size: '320x180' });
		const url = String((await calls.finished(body.request_id)).outcome?.video_url);
		expect((await fetch(url)).status).toBe(200);
		await sleep(100);
		const late = await fetch(url);
		expect([late.status, await late.text()]).toEqual([
			403,
			expect.stringContaining('AccessDenied'),
		]);
		const renewed = String((await calls.finished(body.request_id)).outcome?.video_url);
		expect((await fetch(renewed)).status).toBe(200);
	});

	it('are on another origin, and the log tells whether the key came along', async () => {
		const url = await videoUrl('Veo3', { size: '320x180' });
		expect(new URL(url).origin).not.toBe(new URL(sandbox.url).origin);
		await fetch(url);
		await fetch(url, { headers: { Authorization: `Bearer ${sandbox.key}` } });
		const log = await sandbox.log({ endpoint: 'artifact' });
		expect(log.map(({ authorized, key }) => [authorized, key])).toEqual([
			[false, undefined],
			[true, 'default'],
		]);
	});
});

describe('uploads', () => {
	const bytes = Buffer.from('not really a picture');

	async function addresses(type: string) {
		return (await calls.call<UploadAddresses>('POST', '/upload-url', { file_type: type })).body;
	}

	async function put(url: string, type?: string, init: object = {}) {
		const headers: Record<string, string> = type ? { 'Content-Type': type } : {};
		const response = await fetch(url, { method: 'PUT', headers, body: bytes, ...init });
		return { status: response.status, text: await response.text() };
	}

	it.each([
		['png', 'image/png'],
		['jpeg', 'image/jpeg'],
		['jpg', 'image/jpg'],
		['mp4', 'video/mp4'],
		['mp3', 'audio/mpeg'],
		['wav', 'audio/wav'],
	])('of %s take the type %s only, and give the bytes back', async (type, contentType) => {
		const { upload_url: url, public_url: result } = await addresses(type);
		expect((await put(url, 'application/octet-stream')).text).toContain('SignatureDoesNotMatch');
		expect((await put(url, contentType)).status).toBe(200);
		expect(await bytesAt(result)).toEqual(bytes);
		expect(await sandbox.uploads()).toEqual([
			expect.objectContaining({ contentType, bytes: bytes.length, chunked: false }),
		]);
	});

	it('have addresses signed in the V4 style', async () => {
		const { body } = await calls.call<UploadAddresses>('POST', '/upload-url', { file_type: 'png' });
		const known = recorded('upload-url-response') as unknown as UploadAddresses;
		expect(Object.keys(body).sort()).toEqual(Object.keys(known).sort());
		const names = (url: string) => [...new URL(url).searchParams.keys()].sort();
		expect(names(body.upload_url)).toEqual(names(known.upload_url.replace(/<\w+>/g, 'x')));
		expect(new URL(body.upload_url).searchParams.get('X-Goog-Expires')).toBe('899');
	});

	it('refuse other extensions', async () => {
		for (const body of [{ file_type: 'mov' }, { file_type: 'toString' }, {}]) {
			expect((await calls.call('POST', '/upload-url', body)).status).toBe(400);
		}
	});

	it('refuse image/jpeg for jpg, a missing type, another object and an old address', async () => {
		const { upload_url: url } = await addresses('jpg');
		expect((await put(url, 'image/jpeg')).status).toBe(403);
		expect(await put(url)).toEqual({
			status: 400,
			text: expect.stringContaining('MalformedSecurityHeader'),
		});
		expect((await put(url.replace('.jpg?', 'x.jpg?'), 'image/jpg')).status).toBe(403);
		await sandbox.configure({ uploadTtlSeconds: 0 });
		const old = await addresses('jpg');
		expect((await put(old.upload_url, 'image/jpg')).text).toContain('ExpiredToken');
		expect(await sandbox.uploads()).toEqual([]);
	});

	it('may come in chunks, unless the setting refuses them', async () => {
		const chunked = () => ({ body: new Blob([bytes]).stream(), duplex: 'half' });
		const { upload_url: url } = await addresses('mp4');
		expect((await put(url, 'video/mp4', chunked())).status).toBe(200);
		expect((await sandbox.uploads())[0]).toMatchObject({ chunked: true, bytes: bytes.length });
		await sandbox.configure({ chunkedUpload: 'refuse' });
		expect((await put(url, 'video/mp4', chunked())).status).toBe(411);
	});

	it('can sign mp3 as audio/mp3', async () => {
		await sandbox.configure({ mp3ContentType: 'audio/mp3' });
		const { upload_url: url } = await addresses('mp3');
		expect((await put(url, 'audio/mpeg')).status).toBe(403);
		expect((await put(url, 'audio/mp3')).status).toBe(200);
	});
});
