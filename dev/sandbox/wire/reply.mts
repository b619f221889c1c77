import type { Content } from '../media/padding.mjs';

/** Ways in which a reply goes wrong on the way. */
export interface Breakage {
	/**
	 * `reset`: the connection is torn down without a reply. `silence`: no reply ever. `truncate`: fewer bytes than
	 * announced, then the connection closes. `cut`: a chunked body without its end. `stall`: headers and
	 * some bytes, then nothing.
	 */
	kind?: 'reset' | 'silence' | 'truncate' | 'cut' | 'stall';
	/** Body bytes before it happens. */
	afterBytes?: number;
	/** Slows the body down. */
	bytesPerSecond?: number;
	/** Waits before anything is sent. */
	delayMs?: number;
}

export interface Reply {
	status: number;
	headers?: Record<string, string>;
	body?: string | Buffer | Content | AsyncIterable<Buffer>;
	/** Answers a HEAD: the length without the bytes. */
	headOnly?: boolean;
	breakage?: Breakage;
}

export function json(status: number, value: unknown, headers?: Record<string, string>): Reply {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify(value),
	};
}

export const error = (status: number, message: string) => json(status, { error: message });

export function html(status: number, page: string, headers?: Record<string, string>): Reply {
	return {
		status,
		headers: { 'content-type': 'text/html; charset=UTF-8', ...headers },
		body: page,
	};
}

/** How Google Cloud Storage words an error. */
export function xml(status: number, code: string, message: string): Reply {
	return {
		status,
		headers: { 'content-type': 'application/xml; charset=UTF-8' },
		body: `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
	};
}
