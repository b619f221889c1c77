import { createHmac, randomInt } from 'node:crypto';
import type { Settings } from '../settings.mjs';
import { png } from '../media/png.mjs';
import { seconds, type Job } from './job.mjs';

const bucket = '/gmi-video-assests-prod/user-assests';

export function expirySignature(path: string, expires: string): string {
	return createHmac('sha256', 'sandbox artifacts').update(`${path} ${expires}`).digest('hex');
}

function folderOf(job: Job): string {
	job.artifactFolder ??=
		String(randomInt(10 ** 9, 10 ** 10)) + String(randomInt(10 ** 9, 10 ** 10));
	return job.artifactFolder;
}

/** Hands out addresses of a request's files. */
class Addresses {
	constructor(
		private readonly job: Job,
		private readonly settings: Settings,
		private readonly storageUrl: string,
		private readonly now: number,
	) {}

	of(file: string): string {
		const path = `${bucket}/${this.job.account.organization}/${folderOf(this.job)}/${file}`;
		if (this.settings.artifactTtlMs === null) return this.storageUrl + path;
		const expires = String(Math.round(this.now + this.settings.artifactTtlMs));
		return `${this.storageUrl}${path}?Expires=${expires}&Signature=${expirySignature(path, expires)}`;
	}

	list(extension: string): string[] {
		const { n, max_images: images } = this.job.payload;
		const asked = this.job.outputs ?? Number(n ?? images ?? this.settings.outputs);
		const count = asked >= 1 ? Math.min(Math.floor(asked), 15) : 1;
		return Array.from({ length: count }, (_, index) => this.of(`sample_${index}.${extension}`));
	}
}

const numbered = (urls: string[]) => urls.map((url, index) => ({ id: String(index), url }));

const pictureType = (payload: Job['payload']) =>
	/^jpe?g$/.test(String(payload.output_format)) ? 'jpg' : 'png';

const soundType = (payload: Job['payload']) => (payload.format === 'wav' ? 'wav' : 'mp3');

/** What each kind of model puts into `outcome` when it succeeds. */
const builders: Record<Job['model']['outcome'], (at: Addresses, job: Job) => unknown> = {
	video: (at) => ({ thumbnail_image_url: at.of('sample_0.mp4'), video_url: at.of('sample_0.mp4') }),
	'video-with-jpg': (at) => ({
		video_url: at.of('sample_0.mp4'),
		thumbnail_image_url: at.of('thumbnail_0.jpg'),
	}),
	'media-videos': (at) => ({
		media_urls: numbered(at.list('mp4')),
		thumbnail_image_url: at.of('thumbnail_0.jpg'),
	}),
	'media-images': (at, job) => {
		const urls = at.list(pictureType(job.payload));
		return { media_urls: numbered(urls), thumbnail_image_url: urls[0] };
	},
	'media-strings': (at, job) => ({ media_urls: at.list(pictureType(job.payload)) }),
	'tts-media': (at, job) => ({
		media_urls: numbered(at.list(soundType(job.payload))),
		voice_id: '',
	}),
	'audio-url': (at, job) => {
		const format = soundType(job.payload);
		return { audio_url: at.of(`sample_0.${format}`), format, status: 'success' };
	},
	faces: (at, job) => ({
		data: {
			session_id: folderOf(job),
			face_data: [
				{ face_id: '0', face_image: at.of('thumbnail_0.jpg'), start_time: 0, end_time: 5200 },
			],
		},
	}),
	'inline-image': () => ({
		candidates: [
			{
				content: {
					parts: [
						{ inlineData: { mimeType: 'image/png', data: png(64, 64, 2).toString('base64') } },
					],
				},
			},
		],
	}),
};

export function successOutcome(
	job: Job,
	settings: Settings,
	storageUrl: string,
	now: number,
): unknown {
	if (job.outcome !== undefined && !settings.artifactUrlRenews) return job.outcome;
	const outcome = builders[job.model.outcome](new Addresses(job, settings, storageUrl, now), job);
	job.outcome = outcome;
	return outcome;
}

/** The short record a POST answers with. */
export function createdRecord(job: Job, now: number): Record<string, unknown> {
	const step = job.steps[0];
	return {
		request_id: job.id,
		model: job.model.id,
		status: step.status,
		created_at: seconds(job.createdMs),
		updated_at: seconds(Math.min(step.at, now)),
		queued_at: seconds(job.createdMs),
	};
}
