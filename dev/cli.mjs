/** A failure the user can act on: told in one sentence, without a stack. */
export class PlainError extends Error {}

/**
 * Runs a command line program: a {@link PlainError} ends it with its sentence, anything else with a stack.
 *
 * @param {() => Promise<number | void>} main resolves to the exit code, 0 when it says nothing
 */
export async function runProgram(main) {
	try {
		process.exitCode = (await main()) ?? 0;
	} catch (error) {
		console.error(error instanceof PlainError ? `\n${error.message}` : error);
		process.exitCode = 1;
	}
}

/**
 * Calls back once when the program that started this one is gone: a killed npm takes its shell along and tells nobody.
 *
 * @param {() => void} callback
 */
export function onParentGone(callback) {
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		callback();
	}, 500);
	timer.unref();
}
