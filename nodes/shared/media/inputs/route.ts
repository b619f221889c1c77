import { formatBytes } from './limits';
import type { Delivery, MediaFile, MediaSource } from './types';

const MIB = 1024 * 1024;

/**
 * The largest file `auto` writes into a request. GMI calls data URIs a way for "small files" and gives no
 * figure; 3 MiB become 4 MiB of text, which is sent, kept and echoed with the request.
 */
const AUTO_DATA_URI_BYTES = 3 * MIB;

/** The largest file that is written into a request when that is asked for: Kling takes images of 10 MB so. */
export const LARGEST_DATA_URI_BYTES = 10 * MIB;

const CONVERT_TO: Record<string, string> = {
	image: 'PNG or JPEG',
	video: 'MP4',
	audio: 'MP3 or WAV',
};

type Route = Extract<MediaSource, { file: unknown }>['route'];

/** How a file gets to GMI, or in words why it cannot. */
export function routeFile(
	file: MediaFile,
	delivery: Delivery,
	addressesOnly: boolean,
): { route: Route } | { problem: string } {
	const limit = delivery === 'dataUri' ? LARGEST_DATA_URI_BYTES : AUTO_DATA_URI_BYTES;
	const uploads = file.uploadExtension !== undefined && delivery !== 'dataUri';
	const embeds = !addressesOnly && file.bytes <= limit && delivery !== 'upload';
	if (uploads) return { route: embeds ? 'either' : 'upload' };
	if (embeds) return { route: 'dataUri' };
	return { problem: describeDeadEnd(file, delivery, addressesOnly, limit) };
}

function describeDeadEnd(
	file: MediaFile,
	delivery: Delivery,
	addressesOnly: boolean,
	limit: number,
): string {
	const subject = `the file in "${file.field}"`;
	const tooLarge = `at ${formatBytes(file.bytes)} is too large for a data URI (up to ${formatBytes(limit)})`;
	if (delivery === 'dataUri') {
		return addressesOnly
			? `this parameter takes no data URIs; set File Delivery to Automatic or Upload`
			: `${subject} ${tooLarge}; set File Delivery to Automatic or Upload`;
	}
	const format = `${subject} is ${file.mimeType}, which GMI's upload does not take`;
	const advice = `Convert it to ${CONVERT_TO[file.kind ?? 'image']}`;
	if (delivery === 'upload') return `${format}. ${advice}`;
	return addressesOnly
		? `${format}, and this parameter takes no data URIs. ${advice}`
		: `${format}, and ${tooLarge}. ${advice}`;
}
