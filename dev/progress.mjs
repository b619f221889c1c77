/**
 * @typedef {object} ProgressEvent
 * @property {string} step
 * @property {number} elapsedSeconds
 * @property {'running' | 'done' | 'failed'} state
 */

/** @typedef {(event: ProgressEvent) => void} OnProgress */

const QUIET_SECONDS = 5;

/**
 * Does a long piece of work and tells every second that it still goes on.
 *
 * @template T
 * @param {string} step
 * @param {OnProgress | undefined} onProgress
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(step, onProgress, work) {
	const startedAt = Date.now();
	/** @param {ProgressEvent['state']} state */
	const tell = (state) =>
		onProgress?.({ step, elapsedSeconds: Math.round((Date.now() - startedAt) / 1000), state });

	tell('running');
	const timer = setInterval(() => tell('running'), 1000);
	try {
		const result = await work();
		tell('done');
		return result;
	} catch (error) {
		tell('failed');
		throw error;
	} finally {
		clearInterval(timer);
	}
}

/**
 * Prints progress: one line that is rewritten on a terminal, a line every few seconds elsewhere.
 *
 * @param {NodeJS.WriteStream} [stream]
 * @returns {OnProgress}
 */
export function progressPrinter(stream = process.stdout) {
	return ({ step, elapsedSeconds, state }) => {
		const running = state === 'running';
		const line = `${running ? '…' : state === 'done' ? '✓' : '✗'} ${step} (${elapsedSeconds} s)`;
		if (stream.isTTY) {
			stream.write(`\r\x1b[K${line}${running ? '' : '\n'}`);
		} else if (!running || elapsedSeconds % QUIET_SECONDS === 0) {
			stream.write(`${line}\n`);
		}
	};
}
