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
