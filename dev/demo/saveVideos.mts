import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { PlainError } from '../cli.mjs';
import type { Execution, ExecutionItem, N8nClient } from '../n8n/index.mjs';
import { isMp4, probeVideo } from '../probe.mjs';
import { GENERATE_NODE } from './exampleWorkflow.mjs';

/**
 * Writes the videos an execution produced into an emptied folder.
 *
 * @returns a line about each file
 * @throws {PlainError} with the execution's own words when it failed, or when a file is no MP4
 */
export async function saveVideos(
	client: N8nClient,
	execution: Execution,
	folder: string,
): Promise<string[]> {
	const items = itemsOf(execution);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });

	const lines: string[] = [];
	for (const [index, item] of items.entries()) {
		if (!item.binary?.data) throw new PlainError(`Item ${index + 1} came back without a video.`);
		const file = path.join(folder, `video-${index + 1}.mp4`);
		const bytes = await client.downloadBinary(item.binary.data);
		if (!isMp4(bytes))
			throw new PlainError(`Item ${index + 1} came back as something else than an MP4.`);
		await writeFile(file, bytes);
		lines.push(`${file}  ${await describe(file, bytes.length)}`);
	}
	return lines;
}

function itemsOf({ status, data }: Execution): ExecutionItem[] {
	const { error, runData } = data!.resultData;
	if (status !== 'success') {
		const words = [error?.message, error?.description].filter(Boolean).join(' ');
		throw new PlainError(`The workflow ended with "${status}": ${words}`);
	}
	const items = runData[GENERATE_NODE]?.[0].data?.main[0] ?? [];
	if (items.length === 0) throw new PlainError('The workflow produced no videos.');
	return items;
}

async function describe(file: string, size: number): Promise<string> {
	const kilobytes = `${Math.ceil(size / 1024)} kB`;
	try {
		const { width, height, seconds } = await probeVideo(file);
		return `${width}x${height}, ${seconds} s, ${kilobytes}`;
	} catch {
		return kilobytes;
	}
}
