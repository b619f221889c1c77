const { execFile } = require('node:child_process');
const { chmod, mkdtemp, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');

const { path: FFPROBE } = require('@ffprobe-installer/ffprobe');

/**
 * What ffprobe says about a video.
 *
 * @param {Buffer | string} video bytes, or the path of a file
 * @returns {Promise<{ format: string, codec: string, width: number, height: number, seconds: number }>}
 */
async function probe(video) {
	if (typeof video === 'string') return await probeFile(video);
	const folder = await mkdtemp(path.join(tmpdir(), 'probe-'));
	const file = path.join(folder, 'video');
	try {
		await writeFile(file, video);
		return await probeFile(file);
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** @param {string} file */
async function probeFile(file) {
	// npm leaves the program without the right to run when install scripts are off.
	await chmod(FFPROBE, 0o755);
	const { stdout } = await promisify(execFile)(FFPROBE, [
		...['-v', 'error', '-of', 'json', '-select_streams', 'v:0'],
		...['-show_entries', 'stream=width,height,codec_name:format=duration,format_name', file],
	]);
	const { streams, format } = JSON.parse(stdout);
	const [{ width, height, codec_name: codec }] = streams;
	return { format: format.format_name, codec, width, height, seconds: Number(format.duration) };
}

module.exports = { probe };
