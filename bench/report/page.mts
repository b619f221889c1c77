import { CONTENDERS, type Results } from '../results.mjs';
import {
	calls,
	figuresOf,
	growthMiB,
	NAMES,
	number,
	rowsOf,
	spreadOf,
	statusCalls,
	timeRatio,
	whole,
	type Figure,
	type Measure,
	type Row,
} from './figures.mjs';

/** How figures look: each number, and what stands behind the median. */
interface Style {
	print: (value: number) => string;
	unit?: string;
}

const COUNT: Style = { print: whole };
const MILLISECONDS: Style = { print: number, unit: ' ms' };
const SECONDS: Style = { print: number, unit: ' s' };
const TIMES: Style = { print: number, unit: ' ×' };

/** The page with the tables, as Markdown. */
export function page(results: Results): string {
	const rows = rowsOf(results);
	const repetitions = Math.max(
		...rows.flatMap(({ runs }) => CONTENDERS.map((n) => runs[n].length)),
	);
	const compare = (measure: Measure, style: Style) =>
		table(
			['', 'Each job takes', ...CONTENDERS.map((name) => NAMES[name])],
			rows.map((row) => comparison(row, measure, style, repetitions)),
		);
	return `${[
		'# Bench',
		...(results.kind === 'quick'
			? ['**A quick run, for development: its figures say nothing.**']
			: []),
		introduction(results, repetitions),
		'![Three bar charts on logarithmic scales: time, calls and memory of this package, a loop built by hand and a serial node](pictures/bench.svg)',
		'## Time',
		'From the start of the workflow to its end, as a multiple of the time the slowest job takes at GMI: 1.00 × is the least possible.',
		compare(timeRatio, TIMES),
		'## Calls to GMI',
		'All calls to the API. Downloads go to the storage host and are not counted.',
		compare(calls, COUNT),
		'Of these, the ones that ask how requests stand:',
		compare(statusCalls, COUNT),
		'## Memory',
		'What n8n holds at its peak above what it holds when idle, in MiB.',
		compare(growthMiB, COUNT),
		'## List of models',
		modelList(results),
		'## Trigger',
		triggers(results),
		'## Loading',
		load(results),
		about(results),
	].join('\n\n')}\n`;
}

function introduction({ machine, date, package: version, minutes }: Results, repetitions: number) {
	return `Version ${version} of this package beside two other ways to the same videos, in a real n8n ${machine.n8n} on Node ${machine.node}, against the
[sandbox](sandbox.md). Measured on ${date} on a machine with ${machine.cores} cores and ${machine.memoryGiB} GiB of memory, in ${minutes} minutes.

- **${NAMES.package}**: GMI Video with _Operation: Generate_, as it comes.
- **${NAMES.handBuilt}**: HTTP Request → Wait (5 seconds) → HTTP Request → IF, around until all is done, then HTTP Request for the file.
- **${NAMES.serial}**: a community node of the usual kind, written for this bench (\`bench/serialNode\`): one item after the other,
  asks every 5 seconds, holds the file in a buffer.

Every figure is the median of ${repetitions} runs, with the least and the most in brackets; where it is another number of runs, it stands beside the figure.`;
}

function comparison(row: Row, measure: Measure, style: Style, repetitions: number): string[] {
	const figures = figuresOf(row, measure);
	const cells = CONTENDERS.map((name) => cell(figures[name], style, repetitions));
	return [row.title, row.jobs, ...cells];
}

function cell(figure: Figure, { print, unit = '' }: Style, repetitions: number): string {
	const { value, low, high, runs, failed } = figure;
	const failure = failed && `${failed.count} failed: ${failed.words.replace(/[\s|]+/g, ' ')}`;
	if (value === undefined) return failure ?? 'not measured';
	const notes = [
		...(print(low) === print(high) ? [] : [`${print(low)} to ${print(high)}`]),
		...(runs === repetitions || failure ? [] : [runs === 1 ? '1 run' : `${runs} runs`]),
		...(failure ? [failure] : []),
	];
	const text = `${print(value)}${unit}`;
	return notes.length > 0 ? `${text} (${notes.join('; ')})` : text;
}

function modelList({ modelList: { models, openings } }: Results): string {
	const row = (name: 'package' | 'serial') => {
		const figure = (key: keyof (typeof openings)['package'][number], style: Style) => {
			const values = openings[name].map((opening) => opening[key]);
			return cell(spreadOf(values), style, values.length);
		};
		return [
			NAMES[name],
			figure('firstMs', MILLISECONDS),
			figure('firstCalls', COUNT),
			figure('againMs', MILLISECONDS),
			figure('againCalls', COUNT),
		];
	};
	return `Opening the drop-down of models when GMI lists ${models}, from the editor's request to n8n's answer; the second time right after the first.

${table(['', 'First time', 'Calls', 'Second time', 'Calls'], [row('package'), row('serial')])}`;
}

function triggers({ triggers: all }: Results): string {
	const rows = all.map(({ requests, polls }) => {
		const figure = (count: (poll: (typeof polls)[number]) => number) =>
			cell(spreadOf(polls.map(count)), COUNT, polls.length);
		return [
			whole(requests),
			figure(({ activation }) => activation),
			figure(pollsOfPast),
			figure(({ quiet }) => quiet.at(-1)!),
			figure(({ busy }) => busy),
		];
	});
	const head = [
		'Requests in the list',
		'At activation',
		'Further polls that read the past',
		'Then, when nothing is new',
		'When three have ended',
	];
	return `Calls of GMI Video Trigger to GMI in one poll, following all models, with one old request for each minute. Of a long past it reads a part in
each poll, with at most as many calls as at activation. The other two have no trigger.

${table(head, rows)}`;
}

/** How many polls after activation took more calls than the last one. */
function pollsOfPast({ quiet }: Results['triggers'][number]['polls'][number]): number {
	return quiet.filter((calls) => calls > quiet.at(-1)!).length;
}

function load({ load: { loader, start } }: Results): string {
	const row = (name: 'package' | 'serial') => {
		const all = loader[name];
		return [
			NAMES[name],
			cell(spreadOf(all.map(({ ms }) => ms)), MILLISECONDS, all.length),
			cell(spreadOf(all.map(({ modules }) => modules)), COUNT, all.length),
		];
	};
	const seconds = (name: 'with' | 'without') =>
		cell(spreadOf(start[name]), SECONDS, start[name].length);
	return `n8n's own loader over the installed package, in a fresh process:

${table(['', 'Time', 'Files loaded'], [row('package'), row('serial')])}

From the start of n8n until it is ready:

${table(
	['', 'Time'],
	[
		['With this package', seconds('with')],
		['Without', seconds('without')],
	],
)}`;
}

function about({ batches, machine }: Results): string {
	const many = batches.at(-1);
	return `## How it is measured

- All three run in one go against the same sandbox, in an n8n process each, in turns: each contender for one case, then the next
  case, and all of it again. n8n starts anew for every round and runs one short job first.
- The serial node takes its batches one by one, so the long ones would take hours in a row. They run beside the rest, each in an n8n and
  with a sandbox of its own; they do little but wait.
- All get jobs of the same lengths. From one run to the next these grow by a second, so that a loop with an interval of 5 seconds meets
  the ends of jobs everywhere in its interval. Videos are small where no size is given.
- Time is what n8n stores as start and end of the execution. Calls are counted by the sandbox, where they arrive. Memory is the peak of the
  n8n process as Linux counts it, without the cache of the file system. A run counts when every job gave its whole file.

## What it does not show

- GMI Cloud itself. Its jobs take minutes${many ? `, not the ${many.jobSeconds.join(' to ')} seconds of the ${many.jobs} jobs here, which are that short because the serial node needs half an hour for them even so` : ''}.
  The shorter the jobs, the more intervals of asking and n8n's own work on so many items weigh, for all three.
- The network: all runs on one machine with ${machine.cores} cores, where the sandbox and n8n share them.
- Limits of rate, faults and restarts. [Promises](promises.md) says what happens then.

## Repeat it

\`\`\`sh
npm run bench
\`\`\`

It needs Linux, 8 GB of free disk and 9 GiB of free memory, takes a good half hour, and writes this page, its picture and \`bench/results.json\`, which has
every single run. \`npm run bench -- --quick\` takes some minutes and writes into \`out/bench\` only; \`--only\` measures one part: \`batches\`, \`files\`,
\`models\`, \`trigger\` or \`load\`.`;
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join(
		'\n',
	);
}
