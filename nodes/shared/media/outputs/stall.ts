import { pause } from '../../flow/pause';

/** A download that brings no byte for this long is given up and begun again. */
export const STALL_LIMIT_MS = 60_000;

const LOOK_EVERY_MS = 5_000;

interface SocketStream {
	socket?: { bytesRead?: number } | null;
	destroy?: (error?: Error) => void;
}

/**
 * Ends a download whose bytes stop coming: n8n's request `timeout` is over once the headers are in.
 * Looks at the socket's own count, so that the stream itself is left to n8n.
 *
 * @returns ends the guard; call it when the download is over
 */
export function guardAgainstStall(stream: unknown, signal: AbortSignal | undefined): () => void {
	const { socket, destroy } = (stream ?? {}) as SocketStream;
	const over = new AbortController();
	const stop = () => over.abort();
	const cancel = () => destroy?.call(stream, new Error('canceled'));
	signal?.addEventListener('abort', cancel);
	if (socket) void watch(socket, () => destroy?.call(stream, new Error('stalled')), over.signal);
	return () => {
		stop();
		signal?.removeEventListener('abort', cancel);
	};
}

async function watch(
	socket: { bytesRead?: number },
	giveUp: () => void,
	over: AbortSignal,
): Promise<void> {
	let last = -1;
	let lastMoved = Date.now();
	for (;;) {
		try {
			await pause(LOOK_EVERY_MS, over);
		} catch {
			return;
		}
		if (socket.bytesRead !== last) {
			last = socket.bytesRead ?? -1;
			lastMoved = Date.now();
		} else if (Date.now() - lastMoved >= STALL_LIMIT_MS) {
			giveUp();
			return;
		}
	}
}
