// The default import: an old Node without statfs must get as far as the sentence about its version.
import fs from 'node:fs';
import path from 'node:path';

import { PlainError } from './cli.mjs';

const GIGABYTE = 1024 ** 3;

/**
 * @param {string} version such as `20.19` or `v24.1.0`
 * @param {string} minimum
 */
export function isAtLeast(version, minimum) {
	const [have, need] = [version, minimum].map((text) =>
		text.replace(/^v/, '').split('.').map(Number),
	);
	for (const [index, part] of need.entries()) {
		const difference = (have[index] ?? 0) - part;
		if (difference !== 0) return difference > 0;
	}
	return true;
}

/**
 * @param {string} folder need not exist yet
 * @param {number} gigabytes
 * @param {string} purpose completes "… free disk space is needed for"
 * @throws {PlainError} when the disk is too full
 */
export function needDiskSpace(folder, gigabytes, purpose) {
	let existing = folder;
	while (!fs.existsSync(existing)) existing = path.dirname(existing);
	const { bavail, bsize } = fs.statfsSync(existing);
	const free = (bavail * bsize) / GIGABYTE;
	if (free < gigabytes) {
		throw new PlainError(
			`${gigabytes} GB of free disk space is needed for ${purpose}, but ${folder} has ${free.toFixed(1)} GB left.`,
		);
	}
}
