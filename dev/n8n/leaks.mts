import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Something secret in a file. */
export interface Leak {
	file: string;
	/** Which secret, by name. */
	what: string;
	/** What stands before it; the secret itself is left out. */
	before: string;
}

interface Needle {
	what: string;
	bytes: Buffer;
	/** What has to follow for it to be a leak. */
	followedBy?: RegExp;
}

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Longer than any needle and what has to follow it. */
const OVERLAP_BYTES = 1024;
const PIECE = 24;

/**
 * Whoever has the address of an upload may write there while it is valid, so its signature is a secret. The
 * addresses of finished files are not: they are public at GMI Cloud and what users want from the node.
 */
const UPLOAD_SIGNATURE: Needle = {
	what: 'the signature of an upload address',
	bytes: Buffer.from('X-Goog-Signature'),
	followedBy: /^(?:=|%3D|\W{1,12})[0-9a-f]{32}/i,
};

/**
 * Searches files, and folders with all that is in them, for keys and for signatures of upload addresses.
 * Keys are found as they are, in Base64 and in parts, so that a database's page may end within one.
 *
 * @param keys name to key
 */
export async function findLeaks(
	places: string[],
	keys: Record<string, string>,
): Promise<{ leaks: Leak[]; files: number; bytes: number }> {
	const needles = [
		UPLOAD_SIGNATURE,
		...Object.entries(keys).flatMap(([name, key]) =>
			[...new Set(formsOf(key))].map((form) => ({ what: name, bytes: Buffer.from(form) })),
		),
	];
	const leaks: Leak[] = [];
	let files = 0;
	let bytes = 0;
	for (const place of places) {
		for await (const file of filesIn(place)) {
			files++;
			bytes += await search(file, needles, leaks);
		}
	}
	return { leaks, files, bytes };
}

function formsOf(key: string): string[] {
	// Base64 of the key inside something longer has one of three forms, alike but for their ends.
	const encoded = [0, 1, 2].map((shift) =>
		Buffer.from('x'.repeat(shift) + key)
			.toString('base64')
			.slice(4, -4),
	);
	return [key, encodeURIComponent(key), ...encoded].flatMap(piecesOf);
}

/** The middle and the end: tokens begin alike. */
function piecesOf(text: string): string[] {
	if (text.length < 3 * PIECE) return [text];
	const middle = Math.floor(text.length / 2);
	return [text.slice(middle, middle + PIECE), text.slice(-PIECE)];
}

async function* filesIn(place: string): AsyncGenerator<string> {
	const about = await lstat(place).catch(() => undefined);
	if (about?.isFile()) yield place;
	if (!about?.isDirectory()) return;
	for (const name of await readdir(place)) yield* filesIn(path.join(place, name));
}

/** @returns the file's size */
async function search(file: string, needles: Needle[], leaks: Leak[]): Promise<number> {
	const found = new Set<string>();
	let size = 0;
	let window: Buffer = Buffer.alloc(0);
	const look = (until: number) => {
		for (const needle of needles) {
			if (found.has(needle.what)) continue;
			const at = positionOf(needle, window, until);
			if (at < 0) continue;
			found.add(needle.what);
			leaks.push({ file, what: needle.what, before: readable(window, at) });
		}
	};
	try {
		// A stream takes the memory for a whole chunk, and most files are small.
		const highWaterMark = Math.min(CHUNK_BYTES, (await lstat(file)).size + 1);
		for await (const chunk of createReadStream(file, { highWaterMark })) {
			size += (chunk as Buffer).length;
			window = Buffer.concat([window.subarray(-2 * OVERLAP_BYTES), chunk as Buffer]);
			look(window.length - OVERLAP_BYTES);
		}
	} catch (error) {
		// n8n may still be running and removes files of its own.
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
	look(window.length);
	return size;
}

function positionOf({ bytes, followedBy }: Needle, window: Buffer, until: number): number {
	for (let at = window.indexOf(bytes); at >= 0 && at < until; at = window.indexOf(bytes, at + 1)) {
		const end = at + bytes.length;
		const next = window.toString('latin1', end, end + OVERLAP_BYTES / 2);
		if (followedBy === undefined || followedBy.test(next)) return at;
	}
	return -1;
}

function readable(window: Buffer, at: number): string {
	const text = window.toString('latin1', Math.max(0, at - 80), at);
	return text.replace(/[^\x20-\x7e]/g, '·').replace(/[\w-]{60,}/g, '…');
}
