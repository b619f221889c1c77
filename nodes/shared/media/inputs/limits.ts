import type { GmiModel, MediaKind, ModelParameter } from '../../models/types';

/** Read generously, so that only what is surely too large is refused. */
const BYTES_PER_MB = 1024 * 1024;

/**
 * Limits that GMI's model pages state without putting them into the parameter's own description.
 * The first match counts.
 */
const KNOWN_LIMITS: Array<{ model: RegExp; media: MediaKind; megabytes: number }> = [
	{ model: /^kling-3-motion-control/i, media: 'video', megabytes: 100 },
	{ model: /^kling/i, media: 'image', megabytes: 10 },
	{ model: /^wan\d/i, media: 'image', megabytes: 10 },
	{ model: /^wan\d/i, media: 'audio', megabytes: 15 },
	{ model: /^gemini/i, media: 'image', megabytes: 7 },
	{ model: /^gpt-image/i, media: 'image', megabytes: 50 },
];

const STATED_LIMIT =
	/(?:<=?|≤|\bup to|\bmax(?:imum|\.)?(?: of| size)?:?|\bunder|\bbelow|\bless than|\bwithin)\s*(\d+(?:\.\d+)?)\s?([KMG])i?B\b/i;

/**
 * Models whose providers fetch every file themselves and take http(s) addresses only: GMI's own demo app says
 * so of the first three, a client of wan3.
 */
const ADDRESS_ONLY_MODELS = /^(?:gemini|reve|seededit|wan3)/i;

/**
 * The largest file a parameter takes, in bytes; undefined when nothing is known. What the parameter's own
 * description states goes before the table.
 */
export function largestFile(
	model: GmiModel,
	parameter: ModelParameter,
	kind: MediaKind | undefined,
): number | undefined {
	const stated = STATED_LIMIT.exec(parameter.description);
	if (stated !== null) {
		const unit = { K: 1 / 1024, M: 1, G: 1024 }[stated[2].toUpperCase() as 'K' | 'M' | 'G'];
		return Number(stated[1]) * unit * BYTES_PER_MB;
	}
	const known = KNOWN_LIMITS.find((limit) => limit.media === kind && limit.model.test(model.name));
	return known && known.megabytes * BYTES_PER_MB;
}

/** Whether a parameter takes files by address only, never as a data URI. */
export function takesAddressesOnly(
	model: GmiModel | undefined,
	parameter: ModelParameter | undefined,
): boolean {
	return (
		(model !== undefined && ADDRESS_ONLY_MODELS.test(model.name)) ||
		/\bpublic url\b/i.test(parameter?.description ?? '')
	);
}

/** "12.4 MB", for people; rounded up, so that a file just over a limit does not look as large as the limit. */
export function formatBytes(bytes: number): string {
	if (bytes < 1024) return `${bytes} bytes`;
	if (bytes < BYTES_PER_MB) return `${roundUp(bytes / 1024)} KB`;
	return `${roundUp(bytes / BYTES_PER_MB)} MB`;
}

function roundUp(value: number): number {
	return Math.ceil(value * 10) / 10;
}
