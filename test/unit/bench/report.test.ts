import { XMLParser, XMLValidator } from 'fast-xml-parser';

import fixed from '../../fixtures/bench/results.json';
import { median } from '../../support/batches';
import { writeReport } from '../../support/benchReport';
import { kindOf, readText } from '../../support/repository';

interface Run {
	seconds: number;
	slowestJobSeconds: number;
	calls: number;
	statusCalls: number;
	growthBytes: number;
}
type Outcome = Run | { failed: string };
/** An element of the picture: attributes begin with `@_`, `#text` is what it holds. */
type Shape = Record<string, unknown>;

const CONTENDERS = ['package', 'handBuilt', 'serial'] as const;
const NAMES = ['This package', 'Loop built by hand', 'Serial node'];
const ROWS = ['1 job', '20 jobs', '200 jobs', '1 job, 10 MB', '1 job, 100 MB', '1 job, 1 GiB'];

const measures: Record<string, (run: Run) => number> = {
	'## Time': (run) => run.seconds / run.slowestJobSeconds,
	'## Calls to GMI': (run) => run.calls,
	'Of these': (run) => run.statusCalls,
	'## Memory': (run) => run.growthBytes / 1024 ** 2,
};

const { page, picture } = writeReport(fixed);

/** The first table behind a text, cell by cell, without its line of dashes. */
function tableAfter(start: string): string[][] {
	const lines = page.slice(page.indexOf(start)).split('\n');
	const first = lines.findIndex((line) => line.startsWith('|'));
	const end = lines.findIndex((line, i) => i > first && !line.startsWith('|'));
	const rows = lines.slice(first, end < 0 ? undefined : end).map(cellsOf);
	return [rows[0], ...rows.slice(2)];
}

function cellsOf(line: string): string[] {
	return line
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());
}

/** Values of the runs that succeeded, by row and contender in the order of the tables. */
function valuesOf(measure: (run: Run) => number): number[][][] {
	return [...fixed.batches, ...fixed.files].map(({ runs }) =>
		CONTENDERS.map((name) =>
			(runs[name] as Outcome[]).filter((one): one is Run => !('failed' in one)).map(measure),
		),
	);
}

/** Whether a text shows this number, at least to three digits. */
function shows(text: string, value: number): boolean {
	const shown = Number(/[\d.,]+/.exec(text)?.[0].replace(/,/g, ''));
	return Math.abs(shown - value) <= Math.max(0.5 * 10 ** -decimalsOf(text), value * 0.000_001);
}

function decimalsOf(text: string): number {
	return /^[\d,]+\.(\d+)/.exec(text)?.[1].length ?? 0;
}

describe('the page', () => {
	it('has whole tables', () => {
		const tables = page.split(/\n(?!\|)/).filter((block) => block.includes('\n|'));
		for (const table of tables) {
			const rows = table.split('\n').filter((line) => line.startsWith('|'));
			expect(rows.length).toBeGreaterThan(3);
			expect(rows[1]).toMatch(/^\| --- \|( ---: \|)+$/);
			for (const row of rows) expect(cellsOf(row)).toHaveLength(cellsOf(rows[0]).length);
		}
		expect(tables).toHaveLength(8);
	});

	it.each(Object.entries(measures))('has the medians of the runs under %s', (start, measure) => {
		const [head, ...rows] = tableAfter(start);
		expect(head.slice(2)).toEqual(NAMES);
		expect(rows.map(([title]) => title)).toEqual(ROWS);
		for (const [row, values] of valuesOf(measure).entries()) {
			for (const [i, all] of values.entries()) {
				if (all.length > 0) expect(shows(rows[row][i + 2], median(all))).toBe(true);
			}
		}
	});

	it('names the least, the most, failures and how many runs there were', () => {
		const cells = tableAfter('## Time').map((row) => row.at(-1));
		expect(cells.slice(1)).toEqual([
			'1.26 × (1.23 to 1.29)',
			'17.3 × (17.1 to 17.5; 3 runs)',
			'212 × (208 to 214; 1 failed: Out of patience)',
			'1.35 × (1.32 to 1.38)',
			'1.45 × (1.42 to 1.48)',
			'5 failed: Cannot create a Buffer & more',
		]);
	});

	it('has what was measured of lists, trigger and loading', () => {
		expect(tableAfter('## List of models').slice(1)).toEqual([
			['This package', '23.0 ms (21.0 to 25.0)', '1', '7.00 ms (5.00 to 9.00)', '0'],
			['Serial node', '33.0 ms (31.0 to 35.0)', '1', '27.0 ms (25.0 to 29.0)', '1'],
		]);
		expect(tableAfter('## Trigger').slice(1)).toEqual([
			['100', '2', '0', '1', '1'],
			['10,000', '10 (10 to 12)', '3 (2 to 3)', '1', '2 (2 to 3)'],
		]);
		expect(tableAfter('## Loading').slice(1)).toEqual([
			['This package', '43.2 ms (41.2 to 45.2)', '97'],
			['Serial node', '5.30 ms (3.30 to 7.30)', '2'],
		]);
		expect(tableAfter('From the start of n8n').slice(1)).toEqual([
			['With this package', '5.30 s (5.10 to 5.50)'],
			['Without', '5.25 s (5.00 to 5.90)'],
		]);
	});

	it('says of what machine and day it is, and when it says nothing', () => {
		expect(page).toMatch(/Version 1\.2\.3 .* n8n 2\.41\.1 on Node 24\.1\.0/);
		expect(page).toContain('2026-01-02 on a machine with 4 cores and 16 GiB of memory');
		expect(page).not.toContain('quick run');
		expect(writeReport({ ...fixed, kind: 'quick' }).page).toContain('**A quick run');
	});
});

describe('the picture', () => {
	const parser = new XMLParser({ ignoreAttributes: false, parseAttributeValue: true });
	const { svg } = parser.parse(picture);
	const bars = (svg.rect as Shape[]).filter((rect) =>
		CONTENDERS.some((name) => name === rect['@_class']),
	);
	const figures = (svg.text as Shape[])
		.filter((text) => text['@_class'] === 'figure')
		.map((text) => String(text['#text']));

	it('is whole, needs nothing from elsewhere and suits light and dark', () => {
		expect(XMLValidator.validate(picture)).toBe(true);
		expect(picture).not.toMatch(/href|@import|@font-face|url\(/);
		expect(picture).toContain('prefers-color-scheme: dark');
		const [, , width, height] = svg['@_viewBox'].split(' ').map(Number);
		for (const { '@_x': x, '@_y': y } of svg.text) {
			expect(x).toBeLessThan(width);
			expect(y).toBeLessThan(height);
		}
	});

	it('has a bar with its figure for each median, on a logarithmic scale', () => {
		const shown = ['## Time', '## Calls to GMI', '## Memory'].map((start) => measures[start]);
		const wanted = shown.map((measure) => valuesOf(measure).flat());
		// Without the three squares of the legend; none for what failed.
		const drawn = bars.slice(CONTENDERS.length);
		expect(drawn).toHaveLength(wanted.flat().filter((all) => all.length > 0).length);

		let bar = 0;
		for (const [panel, all] of wanted.entries()) {
			const offset = panel * ROWS.length * CONTENDERS.length;
			const perDecade: number[] = [];
			for (const [i, values] of all.entries()) {
				const figure = figures[offset + i];
				if (values.length === 0) {
					expect(figure).toBe('failed');
					continue;
				}
				const value = median(values);
				expect(shows(figure, value)).toBe(true);
				const width = drawn[bar++]['@_width'] as number;
				if (value > 2) perDecade.push(width / Math.log10(value));
			}
			expect(Math.max(...perDecade) / Math.min(...perDecade)).toBeLessThan(1.01);
		}
	});
});

describe('docs/bench.md', () => {
	const RESULTS = 'bench/results.json';

	it('is what a full run wrote, like its picture', () => {
		const written = kindOf(RESULTS) === 'file' ? JSON.parse(readText(RESULTS)) : undefined;
		const report = written && writeReport(written);
		const stored = (file: string) => (kindOf(file) === 'file' ? readText(file) : undefined);
		expect(written?.kind).not.toBe('quick');
		expect(stored('docs/bench.md')).toBe(report?.page);
		expect(stored('docs/pictures/bench.svg')).toBe(report?.picture);
	});
});
