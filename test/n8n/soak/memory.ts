import type { ProcessReport } from '../../support/processReport';

export type Sample = ProcessReport['memory'][number];

const MIB = 1024 * 1024;

/** Medians, in MiB, of what was measured in a part of a time; its ends are given as shares of it. */
export function middleOf(
	samples: Sample[],
	startedAt: number,
	stoppedAt: number,
	from: number,
	to: number,
) {
	const share = (time: number) => (time - startedAt) / (stoppedAt - startedAt);
	const within = samples.filter(({ time }) => share(time) >= from && share(time) <= to);
	const median = (values: number[]) =>
		Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)] / MIB);
	const of = (name: keyof Sample['memory']) => median(within.map(({ memory }) => memory[name]));
	return { heapUsed: of('heapUsed'), external: of('external'), rss: of('rss') };
}
