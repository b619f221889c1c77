import type { MediaKind } from '../../models/types';
import { kindOfMime } from '../fileTypes';
import { readImageSize, type ImageSize } from './imageSize';

/** Enough Base64 to tell a picture's size in nearly every file. */
const HEAD_CHARACTERS = 128 * 1024;
const DATA_URI = /^data:([^,;]*)((?:;[^,;]*)*),/i;

export interface Address {
	url: string;
	/** Data URIs only: what the address itself holds. */
	data?: { kind?: MediaKind; mimeType: string; bytes: number; size?: ImageSize };
}

/** Reads an http(s) address or a data URI; what is wrong with any other text, in words. */
export function readAddress(text: string): { address: Address } | { problem: string } {
	const url = text.trim();
	if (url === '') return { problem: 'the URL is empty' };
	if (/^data:/i.test(url)) return readDataUri(url);
	let parsed: URL;
	try {
		parsed = new URL(url);
	} catch {
		return { problem: `"${shorten(url)}" is not a web address` };
	}
	if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
		return { problem: `"${shorten(url)}" has to begin with https:// (or http:// or data:)` };
	}
	return { address: { url } };
}

function readDataUri(url: string): { address: Address } | { problem: string } {
	const match = DATA_URI.exec(url);
	if (match === null) return { problem: 'the data URI is cut off before its content' };
	const [start, mimeType, attributes] = match;
	if (!/;base64$/i.test(attributes)) return { problem: 'the data URI has to be in Base64' };
	const content = url.slice(start.length);
	if (content === '') return { problem: 'the data URI is empty' };
	if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(content)) {
		return { problem: 'the data URI holds characters that are not Base64' };
	}
	const head = Buffer.from(content.slice(0, HEAD_CHARACTERS), 'base64');
	return {
		address: {
			url,
			data: {
				kind: kindOfMime(mimeType),
				mimeType,
				bytes: Buffer.byteLength(content, 'base64'),
				size: readImageSize(head),
			},
		},
	};
}

/** Without its query, which may hold a signature. */
function shorten(url: string): string {
	const bare = url.split('?')[0];
	return bare.length > 80 ? `${bare.slice(0, 80)}…` : bare;
}
