import { CONTENDERS, type Contender, type Results } from '../results.mjs';
import {
	calls,
	figuresOf,
	growthMiB,
	NAMES,
	number,
	rowsOf,
	timeRatio,
	whole,
	type Figure,
	type Measure,
	type Row,
} from './figures.mjs';

interface Panel {
	title: string;
	unit: string;
	measure: Measure;
	print: (value: number) => string;
}

const PANELS: Panel[] = [
	{
		title: 'Time',
		unit: 'times the slowest job',
		measure: timeRatio,
		print: (v) => `${number(v)} ×`,
	},
	{ title: 'Calls to GMI', unit: 'number of calls', measure: calls, print: whole },
	{ title: 'Memory', unit: 'MiB above idle', measure: growthMiB, print: whole },
];

const WIDTH = 1000;
const LABELS = 128;
const PANEL_GAP = 28;
const PANEL_WIDTH = (WIDTH - LABELS - 16 - PANEL_GAP * (PANELS.length - 1)) / PANELS.length;
/** The longest bar leaves room for its figure. */
const LONGEST_BAR = PANEL_WIDTH - 58;
const TOP = 112;
const BAR = 13;
const ROW = CONTENDERS.length * (BAR + 2) + 14;

const STYLE = `
		svg { --back: #ffffff; --ink: #172033; --soft: #465369; --grid: #d5dce6; --package: #0f62c9; --handBuilt: #7a8798; --serial: #c8641b; }
		@media (prefers-color-scheme: dark) {
			svg { --back: #10151d; --ink: #eef2f8; --soft: #b6c2d4; --grid: #2d3848; --package: #5b9dff; --handBuilt: #8b98aa; --serial: #f0924a; }
		}
		.back { fill: var(--back); }
		.grid { stroke: var(--grid); stroke-width: 1; }
		.title { fill: var(--ink); font-size: 15px; font-weight: 600; }
		.unit, .tick { fill: var(--soft); font-size: 11.5px; }
		.row, .legend { fill: var(--ink); font-size: 12.5px; }
		.figure { fill: var(--ink); font-size: 11px; stroke: var(--back); stroke-width: 3px; paint-order: stroke; }
		.end { text-anchor: end; }
		.middle { text-anchor: middle; }
		${CONTENDERS.map((name) => `.${name} { fill: var(--${name}); }`).join(' ')}`;

/** The picture: three panels of bars on logarithmic scales that begin at one, in light and dark. */
export function chart(results: Results): string {
	const rows = rowsOf(results);
	const height = TOP + rows.length * ROW + 30;
	const parts = [
		`<rect class="back" width="${WIDTH}" height="${height}" rx="10" />`,
		...legend(),
		...rows.map((row, i) => text('row end', LABELS - 10, rowTop(i) + ROW / 2 - 3, row.title)),
		...PANELS.flatMap((panel, i) => drawPanel(panel, i, rows)),
	];
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif">
	<title id="title">Time, calls and memory of this package, a loop built by hand and a serial node</title>
	<desc id="desc">${escape(description(rows))}</desc>
	<style>${STYLE}
	</style>
	${parts.join('\n\t')}
</svg>
`;
}

function legend(): string[] {
	return CONTENDERS.flatMap((name, i) => {
		const x = LABELS + i * 190;
		return [
			`<rect class="${name}" x="${x}" y="22" width="14" height="14" rx="2" />`,
			text('legend', x + 21, 33.5, NAMES[name]),
		];
	});
}

function drawPanel(panel: Panel, index: number, rows: Row[]): string[] {
	const left = LABELS + index * (PANEL_WIDTH + PANEL_GAP);
	const figures = rows.map((row) => figuresOf(row, panel.measure));
	const highest = Math.max(
		10,
		...figures.flatMap((all) => CONTENDERS.map((n) => all[n].value ?? 1)),
	);
	const scale = (value: number) =>
		(Math.log10(Math.max(value, 1)) / Math.log10(highest)) * LONGEST_BAR;
	const bottom = TOP + rows.length * ROW - 4;
	return [
		text('title', left, 68, panel.title),
		text('unit', left, 86, `${panel.unit}, logarithmic`),
		...ticks(highest).flatMap((tick) => [
			line(left + scale(tick), TOP - 8, bottom),
			text('tick middle', left + scale(tick), bottom + 16, whole(tick)),
		]),
		...figures.flatMap((all, row) =>
			CONTENDERS.flatMap((name, i) =>
				drawBar(name, all[name], { x: left, y: rowTop(row) + i * (BAR + 2), scale, ...panel }),
			),
		),
	];
}

interface Spot {
	x: number;
	y: number;
	scale: (value: number) => number;
	print: (value: number) => string;
}

function drawBar(
	name: Contender,
	{ value, failed }: Figure,
	{ x, y, scale, print }: Spot,
): string[] {
	if (value === undefined)
		return [text('figure', x + 5, y + 10.5, failed ? 'failed' : 'not measured')];
	const width = Math.max(scale(value), 2);
	return [
		`<rect class="${name}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${BAR}" rx="1.5" />`,
		text('figure', x + width + 5, y + 10.5, print(value)),
	];
}

function ticks(highest: number): number[] {
	return Array.from({ length: Math.floor(Math.log10(highest)) + 1 }, (_, i) => 10 ** i);
}

function rowTop(index: number): number {
	return TOP + index * ROW;
}

function description(rows: Row[]): string {
	const sentences = PANELS.map(({ title, unit, measure, print }) => {
		const parts = rows.map((row) => {
			const figures = figuresOf(row, measure);
			const values = CONTENDERS.map((name) => {
				const { value } = figures[name];
				return `${NAMES[name]} ${value === undefined ? 'failed' : print(value)}`;
			});
			return `${row.title}: ${values.join(', ')}`;
		});
		return `${title} (${unit}). ${parts.join('. ')}.`;
	});
	return sentences.join(' ');
}

function line(x: number, from: number, to: number): string {
	return `<line class="grid" x1="${round(x)}" y1="${from}" x2="${round(x)}" y2="${to}" />`;
}

function text(style: string, x: number, y: number, words: string): string {
	return `<text class="${style}" x="${round(x)}" y="${round(y)}">${escape(words)}</text>`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function escape(words: string): string {
	return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
