import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Results } from '../results.mjs';
import { chart } from './chart.mjs';
import { page } from './page.mjs';

/** Writes the page and its picture: `bench.md` and `pictures/bench.svg` in the folder. */
export async function writeReport(results: Results, folder: string): Promise<void> {
	await write(path.join(folder, 'bench.md'), page(results));
	await write(path.join(folder, 'pictures/bench.svg'), chart(results));
}

export async function writeResults(results: Partial<Results>, file: string): Promise<void> {
	await write(file, `${JSON.stringify(results, null, '\t')}\n`);
}

async function write(file: string, text: string): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, text);
}
