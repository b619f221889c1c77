/** A picture's size in pixels as stored in the file: an EXIF rotation is not applied. */
export interface ImageSize {
	width: number;
	height: number;
	type: 'png' | 'jpeg' | 'webp';
}

/**
 * What the first bytes of a file tell: the size; how many bytes from the start of the file to come back
 * with (always more than were given); or undefined, when it is no picture of these types or a broken one.
 */
export type ImageProbe = { size: ImageSize } | { needs: number } | undefined;

const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
const PNG_HEADER_BYTES = 24;
const WEBP_HEADER_BYTES = 30;
/** Marker, length, precision, height and width of a JPEG frame header. */
const JPEG_FRAME_BYTES = 9;

/**
 * The size of a PNG, JPEG or WebP picture from the first bytes of its file, or undefined when they do not
 * tell it. A JPEG's size can stand behind embedded previews and colour profiles: see `probeImageSize`.
 * Never throws, whatever the bytes are.
 */
export function readImageSize(head: Buffer): ImageSize | undefined {
	const probe = probeImageSize(head);
	return probe !== undefined && 'size' in probe ? probe.size : undefined;
}

/** Like `readImageSize`, but says so when more bytes are needed. Never throws. */
export function probeImageSize(head: Buffer): ImageProbe {
	if (startsLike(head, PNG_SIGNATURE)) return probePng(head);
	if (startsLike(head, '\xff\xd8\xff')) return probeJpeg(head);
	if (startsLike(head, 'RIFF')) return probeWebp(head);
	return undefined;
}

/** Whether the bytes begin with the signature, as far as there are any. */
function startsLike(head: Buffer, signature: string): boolean {
	const start = head.toString('latin1', 0, signature.length);
	return start.length > 0 && signature.startsWith(start);
}

function probePng(head: Buffer): ImageProbe {
	if (head.length < PNG_HEADER_BYTES) return { needs: PNG_HEADER_BYTES };
	if (head.toString('latin1', 12, 16) !== 'IHDR') return undefined;
	return sized(head.readUInt32BE(16), head.readUInt32BE(20), 'png');
}

function probeJpeg(head: Buffer): ImageProbe {
	let at = 2;
	while (at + 4 <= head.length) {
		if (head[at] !== 0xff) return undefined;
		const marker = head[at + 1];
		if (marker === 0xff) {
			at += 1;
		} else if (isStandaloneMarker(marker)) {
			at += 2;
		} else if (isFrameMarker(marker)) {
			if (head.length < at + JPEG_FRAME_BYTES) return { needs: at + JPEG_FRAME_BYTES };
			return sized(head.readUInt16BE(at + 7), head.readUInt16BE(at + 5), 'jpeg');
		} else {
			const length = head.readUInt16BE(at + 2);
			if (length < 2 || isImageDataMarker(marker)) return undefined;
			at += 2 + length;
		}
	}
	return { needs: at + JPEG_FRAME_BYTES };
}

/** Start of frame, baseline to arithmetic; C4, C8 and CC in that range are tables and extensions. */
function isFrameMarker(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function isStandaloneMarker(marker: number): boolean {
	return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

/** From here on no frame header follows: another start, the end, or the scan itself. */
function isImageDataMarker(marker: number): boolean {
	return marker >= 0xd8 && marker <= 0xda;
}

function probeWebp(head: Buffer): ImageProbe {
	if (head.length < WEBP_HEADER_BYTES) return { needs: WEBP_HEADER_BYTES };
	if (head.toString('latin1', 8, 12) !== 'WEBP') return undefined;
	switch (head.toString('latin1', 12, 16)) {
		case 'VP8 ':
			if (head.readUIntBE(23, 3) !== 0x9d012a) return undefined;
			return sized(head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff, 'webp');
		case 'VP8L': {
			if (head[20] !== 0x2f) return undefined;
			const bits = head.readUInt32LE(21);
			return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1, 'webp');
		}
		case 'VP8X':
			return sized(head.readUIntLE(24, 3) + 1, head.readUIntLE(27, 3) + 1, 'webp');
	}
	return undefined;
}

function sized(width: number, height: number, type: ImageSize['type']): ImageProbe {
	return width > 0 && height > 0 ? { size: { width, height, type } } : undefined;
}
