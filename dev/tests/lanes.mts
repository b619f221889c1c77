import { DEFAULT_VERSION, isInstalled, OLDEST_VERSION } from '../n8n/index.mjs';

/** Folders of tests that share one n8n and run one after the other. */
export interface Lane {
	name: string;
	/** Of n8n. */
	version: string;
	/** Under `test/n8n`. */
	folders: string[];
}

/** What has to pass in every n8n. */
const EVERYWHERE = ['workflows', 'examples', 'editor'];

/**
 * The lanes that can run side by side: most of their time is spent waiting.
 *
 * The oldest n8n takes minutes to install, so it takes part in CI and where it is installed already.
 */
export function lanesSideBySide(): Lane[] {
	return testedVersions().flatMap((version) => {
		const lanes = [
			{ name: version, version, folders: EVERYWHERE },
			{ name: `${version}-restarts`, version, folders: ['restarts'] },
		];
		if (version !== DEFAULT_VERSION) return lanes;
		return [...lanes, { name: `${version}-scale`, version, folders: ['demo', 'scale'] }];
	});
}

/** What measures time needs the machine for itself. */
export function lanesAlone(): Lane[] {
	return [{ name: `${DEFAULT_VERSION}-numbers`, version: DEFAULT_VERSION, folders: ['numbers'] }];
}

export function testedVersions(): string[] {
	const withOldest = process.env.CI !== undefined || isInstalled(OLDEST_VERSION);
	return withOldest ? [DEFAULT_VERSION, OLDEST_VERSION] : [DEFAULT_VERSION];
}
