import { expirySignature } from '../jobs/outcomes.mjs';
import type { Job } from '../jobs/job.mjs';
import { mp3, wav } from '../media/audio.mjs';
import { frameOf } from '../media/frame.mjs';
import { jpeg } from '../media/jpeg.mjs';
import { padded, whole, type Content } from '../media/padding.mjs';
import { png } from '../media/png.mjs';
import { hash } from '../random.mjs';
import type { Sandbox } from '../sandbox.mjs';
import type { Settings } from '../settings.mjs';
import type { Exchange } from '../wire/exchange.mjs';
import { xml, type Reply } from '../wire/reply.mjs';

const types: Record<string, string> = {
	mp4: 'video/mp4',
	png: 'image/png',
	jpg: 'image/jpeg',
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
};

export const expiredArtifact = () =>
	xml(403, 'AccessDenied', 'Access denied. The address of this object has expired.');

async function contentOf(job: Job, file: string, sandbox: Sandbox): Promise<Content> {
	const { settings } = sandbox;
	const frame = frameOf(job.payload, settings);
	const number = Number(/\d+/.exec(file)?.[0] ?? 0);
	const look = (hash(JSON.stringify(job.payload)) + number) % Math.max(1, settings.looks);
	const extension = file.slice(file.lastIndexOf('.') + 1);
	if (extension === 'png') return whole(png(frame.width, frame.height, look));
	if (extension === 'jpg') return whole(jpeg(frame.width, frame.height, look));
	if (extension === 'mp3') return whole(mp3(frame.seconds));
	if (extension === 'wav') return whole(wav(frame.seconds));
	const video = await sandbox.videos.get(frame, settings.frameRate, look);
	return settings.artifactBytes === null ? whole(video) : padded(video, settings.artifactBytes);
}

function contentTypeHeader(file: string, settings: Settings): Record<string, string> {
	if (settings.artifactContentType === 'missing') return {};
	const right = types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
	return {
		'content-type': settings.artifactContentType === 'wrong' ? 'application/octet-stream' : right,
	};
}

/** An address without an expiry stays good only while the setting is off. */
function expired(url: URL, path: string, settings: Settings): boolean {
	if (settings.artifactTtlMs === null) return false;
	const expires = url.searchParams.get('Expires') ?? '';
	return (
		!(Date.now() < Number(expires)) ||
		url.searchParams.get('Signature') !== expirySignature(path, expires)
	);
}

export async function getArtifact({ url, request }: Exchange, sandbox: Sandbox): Promise<Reply> {
	const path = decodeURIComponent(url.pathname);
	const headOnly = request.method === 'HEAD';
	const upload = sandbox.uploads.find(path);
	if (upload) {
		const body = { length: upload.bytes, chunks: () => sandbox.uploads.read(upload) };
		return { status: 200, headers: { 'content-type': upload.contentType }, body, headOnly };
	}
	const [file, folder] = path.split('/').reverse();
	const job = sandbox.queue.findByFolder(folder ?? '');
	if (!job) return xml(404, 'NoSuchKey', 'The specified key does not exist.');
	if (expired(url, path, sandbox.settings)) return expiredArtifact();
	const body = await contentOf(job, file, sandbox);
	return { status: 200, headers: contentTypeHeader(file, sandbox.settings), body, headOnly };
}
