import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface VideoFacts {
	width: number;
	height: number;
	seconds: number;
	codec: string;
}

/**
 * What ffprobe says about a video file.
 *
 * @throws {Error} when the file is no video, or there is no ffprobe for this platform
 */
export async function probeVideo(file: string): Promise<VideoFacts> {
	const { path: program } = (await import('@ffprobe-installer/ffprobe')).default;
	// npm leaves the program without the right to run when install scripts are off.
	await chmod(program, 0o755).catch(() => {});
	const { stdout } = await promisify(execFile)(program, [
		...['-v', 'error', '-of', 'json', '-select_streams', 'v:0'],
		...['-show_entries', 'stream=width,height,codec_name:format=duration', file],
	]);
	const { streams, format } = JSON.parse(stdout);
	if (!streams?.[0]) throw new Error(`${file} has no video stream`);
	const [{ width, height, codec_name: codec }] = streams;
	return { width, height, codec, seconds: Number(format.duration) };
}

/** An MP4 file begins with a box of type `ftyp`. */
export function isMp4(bytes: Buffer): boolean {
	return bytes.length > 12 && bytes.toString('latin1', 4, 8) === 'ftyp';
}
