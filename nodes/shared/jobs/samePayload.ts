import type { IDataObject } from 'n8n-workflow';

/**
 * How an echoed payload compares with one that was sent: `same`; `more`, everything sent and values
 * besides; `different`; or `unknown`, since an empty or missing echo, as image-to-image models
 * give, proves nothing.
 */
export type Match = 'same' | 'more' | 'different' | 'unknown';

/** Echoes shorter than this are taken for cut only by mistake. */
const SHORTEST_CUT_ECHO = 1_000;

/** @param defaults the model's own defaults: GMI may echo them though nobody sent them */
export function comparePayload(
	sent: IDataObject,
	echoed: unknown,
	defaults: IDataObject = {},
): Match {
	if (typeof echoed !== 'object' || echoed === null) return 'unknown';
	const echo = echoed as IDataObject;
	const sentKeys = Object.keys(sent).filter((key) => !isNothing(sent[key]));
	if (Object.keys(echo).length === 0) return sentKeys.length === 0 ? 'same' : 'unknown';
	if (!sentKeys.every((key) => key in echo && sameValue(sent[key], echo[key]))) return 'different';
	const added = Object.keys(echo).filter(
		(key) =>
			!sentKeys.includes(key) && !isNothing(echo[key]) && !sameValue(echo[key], defaults[key]),
	);
	return added.length === 0 ? 'same' : 'more';
}

/** A text that is equal for equal values, whatever the order of their keys. */
export function fingerprint(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(fingerprint).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const entries = Object.entries(value)
		.filter(([, entry]) => entry !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, entry]) => `${JSON.stringify(key)}:${fingerprint(entry)}`);
	return `{${entries.join(',')}}`;
}

function sameValue(sent: unknown, echoed: unknown): boolean {
	if (fingerprint(sent) === fingerprint(echoed)) return true;
	if (isScalar(sent) && isScalar(echoed) && String(sent) === String(echoed)) return true;
	return typeof sent === 'string' && typeof echoed === 'string' && isCut(sent, echoed);
}

/** Whether the echo is the beginning of a long text, as of a file sent inline. */
function isCut(sent: string, echoed: string): boolean {
	const start = echoed.replace(/(?:…|\.\.\.)$/, '');
	return start.length >= SHORTEST_CUT_ECHO && start.length < sent.length && sent.startsWith(start);
}

function isScalar(value: unknown): boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}
