// Adds up what the named runs left in out/results and prints "N passed, N failed" as the last line.
import { existsSync, readFileSync } from 'node:fs';

/** @param {string} name */
function resultOf(name) {
	const exit = readFileSync(`out/results/${name}.exit`, 'utf8').trim();
	const { passed, failed, crashed } = countsOf(`out/results/${name}.json`);
	// A check outside of jest failed, or a run broke off: that must not pass for lack of a failed test.
	const unaccounted = exit !== '0' && failed + crashed === 0 ? 1 : 0;
	return { name, exit, passed, failed: failed + crashed + unaccounted };
}

/** @param {string} file */
function countsOf(file) {
	if (!existsSync(file)) return { passed: 0, failed: 0, crashed: 1 };
	try {
		const results = JSON.parse(readFileSync(file, 'utf8'));
		return {
			passed: results.numPassedTests,
			failed: results.numFailedTests,
			crashed: results.numRuntimeErrorTestSuites,
		};
	} catch {
		return { passed: 0, failed: 0, crashed: 1 };
	}
}

const results = process.argv.slice(2).map(resultOf);
for (const { name, exit, passed, failed } of results) {
	console.log(`${name}: ${passed} passed, ${failed} failed (exit code ${exit})`);
}
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
