import { writeFileSync } from 'node:fs';

import { readResults, resultsPath } from './jest.mjs';

/** Adds up what several runs of jest left. A run without results counts as broken off. */
export function writeSum(resultsFiles: string[], sumFile: string): void {
	const sums = { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
	for (const results of resultsFiles.map(readResults)) {
		sums.numPassedTests += results?.numPassedTests ?? 0;
		sums.numFailedTests += results?.numFailedTests ?? 0;
		sums.numRuntimeErrorTestSuites += results?.numRuntimeErrorTestSuites ?? 1;
	}
	writeFileSync(resultsPath(sumFile), JSON.stringify(sums));
}
