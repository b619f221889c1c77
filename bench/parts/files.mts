import { fileDurations } from '../plan.mjs';
import { size } from '../report/figures.mjs';
import { CONTENDERS, type FileResult } from '../results.mjs';
import type { Stage } from '../stage.mjs';
import { inRounds } from './rounds.mjs';

/** One job with a file of each size, the smallest first. */
export async function measureFiles(stage: Stage): Promise<FileResult[]> {
	const { fileBytes, repetitions } = stage.plan;
	const cases = fileBytes.map((bytes) => ({
		title: size(bytes),
		jobs: (repetition: number) => ({ durations: fileDurations(repetition), bytes }),
		contenders: CONTENDERS,
	}));
	const runs = await inRounds(stage, cases);
	const jobSeconds = [0, repetitions - 1].map((i) => fileDurations(i)[0] / 1000);
	return fileBytes.map((bytes, index) => ({
		bytes,
		jobSeconds: [jobSeconds[0], jobSeconds[1]],
		runs: runs[index],
	}));
}
