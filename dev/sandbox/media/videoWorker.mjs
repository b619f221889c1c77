// Plain JavaScript, because a worker thread starts without the TypeScript loader, and faster so.
import { parentPort } from 'node:worker_threads';
import encoderModule from 'h264-mp4-encoder';

/** @typedef {{ id: number, width: number, height: number, seconds: number, frameRate: number, look: number }} Job */

/**
 * A slanted gradient that drifts, with a disc that crosses it from left to right.
 *
 * @param {Uint8Array} picture
 * @param {Job} job
 * @param {number} progress
 */
function draw(picture, { width, height, look }, progress) {
	const radius = Math.min(width, height) / 6;
	const centre = { x: radius + (width - 2 * radius) * progress, y: height / 2 };
	const row = new Uint8Array(width * 2);
	for (let x = 0; x < row.length; x++) row[x] = 60 + (110 * (x % width)) / width;
	const drift = Math.floor(width * 0.25 * progress);
	for (let y = 0; y < height; y++) {
		const shift = (drift + (y >> 2)) % width;
		picture.set(row.subarray(shift, shift + width), y * width);
		const reach = radius ** 2 - (y - centre.y) ** 2;
		if (reach > 0) {
			const half = Math.sqrt(reach);
			const left = Math.max(0, Math.round(centre.x - half));
			picture.fill(225, y * width + left, y * width + Math.min(width, Math.round(centre.x + half)));
		}
	}
	const [chromaWidth, chromaHeight] = [width / 2, height / 2];
	const angle = look * 1.05 + progress;
	const blue = width * height;
	const red = blue + chromaWidth * chromaHeight;
	for (let y = 0; y < chromaHeight; y++) {
		const fade = 70 * (0.4 + (0.6 * y) / chromaHeight);
		const start = y * chromaWidth;
		picture.fill(128 + fade * Math.cos(angle), blue + start, blue + start + chromaWidth);
		picture.fill(128 + fade * Math.sin(angle), red + start, red + start + chromaWidth);
	}
}

/** @param {Job} job */
async function encode(job) {
	const encoder = await encoderModule.createH264MP4Encoder();
	encoder.width = job.width;
	encoder.height = job.height;
	encoder.frameRate = job.frameRate;
	encoder.speed = 10;
	encoder.quantizationParameter = 36;
	encoder.groupOfPictures = 60;
	encoder.initialize();
	const frames = Math.max(1, Math.round(job.seconds * job.frameRate));
	const picture = new Uint8Array((job.width * job.height * 3) / 2);
	for (let frame = 0; frame < frames; frame++) {
		draw(picture, job, frames === 1 ? 0 : frame / (frames - 1));
		encoder.addFrameYuv(picture);
	}
	encoder.finalize();
	const file = encoder.FS.readFile(encoder.outputFilename);
	encoder.delete();
	return file;
}

parentPort?.on('message', async (/** @type {Job} */ job) => {
	try {
		const file = await encode(job);
		parentPort?.postMessage({ id: job.id, file });
	} catch (error) {
		parentPort?.postMessage({ id: job.id, error: String(error) });
	}
});
