import { onParentGone } from '../cli.mjs';

/** On Ctrl-C or a termination signal, first ends what was started and then this program. */
export function endOnSignal() {
	let close: () => Promise<void> = async () => {};
	let ending = false;

	const end = async () => {
		// A terminal and npm both deliver one Ctrl-C.
		if (ending) return;
		ending = true;
		await close().catch(console.error);
		process.exit(130);
	};
	process.on('SIGINT', end);
	process.on('SIGTERM', end);
	onParentGone(end);

	return {
		/** Says how to end what runs by now. */
		by(way: () => Promise<void>): void {
			close = way;
		},
	};
}
