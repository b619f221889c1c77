// `npm run compatibility`: writes README's table of what was tested where, from the results that `npm test`,
// `npm run test:nodes` and `npm run test:n8n` left. With --check it only says whether README agrees with them.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { PlainError, runProgram } from '../cli.mjs';
import { DEFAULT_VERSION, OLDEST_VERSION } from '../n8n/index.mjs';
import { ROOT } from '../paths.mjs';
import { readResults, resultsPath, type JestResults } from './jest.mjs';
import { ALL_LANES } from './lanes.mjs';

const README = path.join(ROOT, 'README.md');
const SECTION = /(<!-- compatibility:start -->\n)[\s\S]*?(<!-- compatibility:end -->)/;

/** What a reader wants to know, and the folders of `test/n8n` that show it. */
const AREAS = [
	{ title: 'Workflows: generating, errors, stopping, lists and forms', folders: ['workflows'] },
	{ title: 'The examples', folders: ['examples'] },
	{ title: 'The editor in a browser', folders: ['editor'] },
	{ title: 'Restarts and crashes: trigger, Submit → Wait → Status', folders: ['restarts'] },
	{ title: 'Queue mode, an hour of scheduled batches', folders: ['scale', 'soak'] },
	{ title: 'Time, calls and memory', folders: ['numbers'] },
];
const N8N_VERSIONS = [OLDEST_VERSION, DEFAULT_VERSION];
const NODE_MAJORS = ['20', '22', '24'];

runProgram(async () => {
	const readme = readFileSync(README, 'utf8');
	if (!SECTION.test(readme)) throw new PlainError('README.md has no place for the table.');
	const filled = readme.replace(SECTION, (_, start, end) => `${start}\n${tables()}\n${end}`);
	if (process.argv.includes('--check')) return check(readme === filled);
	writeFileSync(README, filled);
	return 0;
});

function check(isSame: boolean): number {
	const sums = {
		numPassedTests: isSame ? 1 : 0,
		numFailedTests: isSame ? 0 : 1,
		numRuntimeErrorTestSuites: 0,
	};
	writeFileSync(resultsPath('compatibility.json'), JSON.stringify(sums));
	if (!isSame) console.log(`README.md does not say what the tests found:\n\n${tables()}`);
	return isSame ? 0 : 1;
}

function tables(): string {
	const n8n = table(
		N8N_VERSIONS.map((version) => `n8n ${version}`),
		AREAS.map(({ title, folders }) => [
			title,
			...N8N_VERSIONS.map((version) =>
				mark(folders.flatMap((folder) => resultsOf(version, folder))),
			),
		]),
	);
	const nodes = table(
		NODE_MAJORS.map((major) => `Node ${major}`),
		[['The nodes in the engine of n8n 2, everything in `npm test`', ...NODE_MAJORS.map(nodeMark)]],
	);
	return `${n8n}\n${nodes}`;
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |\n`;
	return line(['', ...head]) + line(['---', ...head.map(() => '---')]) + rows.map(line).join('');
}

/** The results of the test files in a folder, in one n8n. */
function resultsOf(version: string, folder: string): JestResults['testResults'] {
	return ALL_LANES.filter((lane) => lane.version === version && lane.folders.includes(folder))
		.map(({ resultsFile }) => readResults(resultsFile)?.testResults ?? [])
		.flat()
		.filter(({ name }) => name.includes(`/test/n8n/${folder}/`));
}

function nodeMark(major: string): string {
	const present = process.versions.node.startsWith(`${major}.`);
	const results = present ? readResults('unit.json') : readResults(`node-${major}.json`);
	return mark(results?.testResults ?? []);
}

function mark(files: JestResults['testResults']): string {
	if (files.length === 0) return '–';
	// A file may be skipped as a whole, when what it tests is not in that n8n.
	return files.some(({ status }) => status === 'failed') ? '✗' : '✓';
}
