import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PlainError } from '../cli.mjs';
import { HOSTS } from '../paths.mjs';

export const DEFAULT_VERSION = '2.41.1';

/** The oldest n8n the package is made for. */
export const OLDEST_VERSION = '1.123.81';

/** The n8n that tests run in: `GMI_N8N_VERSION`, or the usual one. */
export const TESTED_VERSION = process.env.GMI_N8N_VERSION ?? DEFAULT_VERSION;

const LOCKS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'hosts');

/** A version of n8n this repository has a lock file for. */
export interface HostVersion {
	version: string;
	/** The folder with its `package.json` and `package-lock.json`. */
	lockFolder: string;
	/** Changes when the lock file does. */
	lockHash: string;
	/** Where it is or will be installed. */
	folder: string;
}

/** @throws {PlainError} when there is no lock file for that version */
export function hostVersion(version: string): HostVersion {
	const lockFolder = path.join(LOCKS, version);
	const lockFile = path.join(lockFolder, 'package-lock.json');
	if (!existsSync(lockFile)) {
		const known = readdirSync(LOCKS).join(', ');
		throw new PlainError(`There is no lock file for n8n ${version}, only for ${known}.`);
	}
	const lock = readFileSync(lockFile, 'utf8');
	return {
		version,
		lockFolder,
		lockHash: createHash('sha256').update(lock).digest('hex').slice(0, 16),
		folder: path.join(HOSTS, version),
	};
}
