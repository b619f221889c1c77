import { DEFAULT_VERSION, isInstalled, OLDEST_VERSION } from '../n8n/index.mjs';

/** Folders of tests that share one n8n and run one after the other. */
export interface Lane {
	name: string;
	/** Of n8n. */
	version: string;
	/** Under `test/n8n`. */
	folders: string[];
	/** In `out/results`. */
	resultsFile: string;
	/** Whether it may run beside others; what measures time may not. */
	isPatient: boolean;
}

const EVERYWHERE = ['workflows', 'examples', 'editor'];

/** The longest first: several of them run at the same time. */
export const ALL_LANES: Lane[] = [
	lane(DEFAULT_VERSION, '-restarts', ['restarts']),
	lane(DEFAULT_VERSION, '', EVERYWHERE),
	lane(OLDEST_VERSION, '', EVERYWHERE),
	lane(DEFAULT_VERSION, '-soak', ['soak']),
	lane(OLDEST_VERSION, '-restarts', ['restarts']),
	lane(DEFAULT_VERSION, '-scale', ['demo', 'scale']),
	{ ...lane(DEFAULT_VERSION, '-numbers', ['numbers']), isPatient: false },
];

/** The oldest n8n takes minutes to install, so it takes part in CI and where it is installed already. */
export function testedVersions(): string[] {
	const withOldest = process.env.CI !== undefined || isInstalled(OLDEST_VERSION);
	return withOldest ? [DEFAULT_VERSION, OLDEST_VERSION] : [DEFAULT_VERSION];
}

function lane(version: string, suffix: string, folders: string[]): Lane {
	const name = `${version}${suffix}`;
	return { name, version, folders, resultsFile: `n8n-${name}.json`, isPatient: true };
}
