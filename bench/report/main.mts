// Writes the page and the picture from stored results: `npx tsx bench/report/main.mts <results.json> <folder>`.
import { readFile } from 'node:fs/promises';

import { PlainError, runProgram } from '../../dev/cli.mjs';
import { writeReport } from './write.mjs';

runProgram(async () => {
	const [file, folder] = process.argv.slice(2);
	if (!file || !folder) throw new PlainError('Say which results to read and where to write.');
	await writeReport(JSON.parse(await readFile(file, 'utf8')), folder);
});
