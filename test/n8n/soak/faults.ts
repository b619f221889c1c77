import type { FaultSpec, PlanSpec, Sandbox, Settings } from '../../support/sandboxTypes';
import { Seeded } from '../../support/seeded';

type Mix = Array<[share: number, fault: Omit<FaultSpec, 'endpoint'>]>;

/** Shares of all submits: about two in five go wrong. */
const SUBMIT: Mix = [
	[0.03, { name: 'rate-limit-429', retryAfterMs: 1_500 }],
	[0.02, { name: 'rate-limit-429-seconds', retryAfterMs: 2_000 }],
	[0.02, { name: 'rate-limit-429-bare' }],
	[0.03, { name: 'capacity-503' }],
	[0.02, { name: 'capacity-503-bare' }],
	[0.03, { name: 'reset-after' }],
	[0.02, { name: 'bad-gateway-502-after' }],
	[0.02, { name: 'gateway-timeout-504-after' }],
	[0.01, { name: 'malformed-json', accepted: true }],
	[0.01, { name: 'truncated', accepted: true }],
	[0.01, { name: 'chunked-cut', accepted: true }],
	[0.01, { name: 'empty-body', accepted: true }],
	[0.01, { name: 'no-request-id', accepted: true }],
	[0.01, { name: 'cloudflare-200', accepted: true }],
	[0.01, { name: 'reset-before' }],
	[0.01, { name: 'bad-gateway-502' }],
	[0.01, { name: 'error-500' }],
	[0.01, { name: 'rejected-400' }],
	[0.01, { name: 'backend-400' }],
	[0.01, { name: 'credits-402' }],
	[0.01, { name: 'cloudflare-403' }],
	[0.01, { name: 'redirect' }],
	[0.04, { name: 'delay', delayMs: 3_000 }],
	[0.02, { name: 'slow', bytesPerSecond: 400 }],
];

/** Shares of all looks at requests. */
const READ: Mix = [
	[0.02, { name: 'bad-gateway-502' }],
	[0.02, { name: 'rate-limit-429', retryAfterMs: 500 }],
	[0.02, { name: 'capacity-503' }],
	[0.02, { name: 'reset-before' }],
	[0.02, { name: 'truncated' }],
	[0.01, { name: 'chunked-cut' }],
	[0.01, { name: 'gateway-timeout-504' }],
	[0.01, { name: 'malformed-json' }],
	[0.01, { name: 'json-array' }],
	[0.01, { name: 'empty-body' }],
	[0.01, { name: 'cloudflare-403' }],
	[0.005, { name: 'unauthorized-401' }],
	[0.04, { name: 'delay', delayMs: 1_500 }],
];

const ARTIFACT: Mix = [
	[0.04, { name: 'truncated' }],
	[0.03, { name: 'chunked-cut' }],
	[0.03, { name: 'reset-before' }],
	[0.03, { name: 'expired-artifact' }],
	[0.02, { name: 'missing-artifact' }],
	[0.04, { name: 'storage-503' }],
	[0.02, { name: 'empty-body' }],
	[0.02, { name: 'cloudflare-200' }],
	[0.04, { name: 'delay', delayMs: 2_000 }],
	[0.04, { name: 'slow', bytesPerSecond: 9_000 }],
];

const UPLOAD_URL: Mix = [
	[0.05, { name: 'error-500' }],
	[0.03, { name: 'rate-limit-429', retryAfterMs: 500 }],
];

const PUT: Mix = [
	[0.05, { name: 'storage-503' }],
	[0.05, { name: 'reset-before' }],
	[0.05, { name: 'expired-upload' }],
];

const MODEL: Mix = [
	[0.05, { name: 'error-500' }],
	[0.05, { name: 'reset-before' }],
];

/** Few, for each takes a minute or costs memory. */
const RARE: FaultSpec[] = [
	{ name: 'stalled', endpoint: 'artifact', times: 3, probability: 0.02 },
	{ name: 'silence-before', endpoint: 'artifact', times: 2, probability: 0.02 },
	{ name: 'silence-before', endpoint: 'get', times: 3, probability: 0.02 },
	{ name: 'gzip-bomb', endpoint: 'submit', times: 3, probability: 0.02, accepted: true },
	{ name: 'huge-json', endpoint: 'list', times: 3, probability: 0.02 },
];

/** A submit that is never answered is given up after five minutes. */
const SILENT_SUBMIT: FaultSpec = {
	name: 'silence-after',
	endpoint: 'submit',
	skip: 20,
	times: 1,
};

const SHAPES = ['string', 'object', 'outcome-message', 'top-error', 'none', 'empty-outcome'];

const PLANS: PlanSpec[] = [
	...SHAPES.map((shape): PlanSpec => ({ ends: 'failed', shape, probability: 0.01 })),
	{ ends: 'cancelled', probability: 0.01 },
	// Never ends, where the node has a time limit of its own.
	{ durationMs: null, payload: 'waiting ', probability: 0.01 },
	{ durationMs: null, payload: 'pictures ', probability: 0.01 },
];

const SETTINGS: Partial<Settings> = {
	durationMs: [2_000, 20_000],
	syncDurationMs: [500, 4_000],
	defaultSize: '320x180',
	defaultSeconds: 2,
	looks: 4,
	listLagMs: 500,
	artifactTtlMs: 30_000,
	rateLimits: [{ model: 'seedream-5.0-lite', limit: 12, intervalMs: 10_000 }],
};

/** Has a sandbox fail at random from now on, the same way for the same seed and order of calls. */
export async function letFail(sandbox: Sandbox, seed: number, minutes: number): Promise<void> {
	const random = new Seeded(seed);
	const nextSeed = () => random.int(1, 2 ** 31 - 1);
	await sandbox.configure({ ...SETTINGS, seed: nextSeed() });
	for (const plan of PLANS) await sandbox.plan({ ...plan, times: 'forever', seed: nextSeed() });
	const faults = [
		...(minutes >= 8 ? [SILENT_SUBMIT] : []),
		...RARE,
		...spread('submit', SUBMIT),
		...spread('get', READ),
		...spread('list', READ),
		...spread('artifact', ARTIFACT),
		...spread('upload-url', UPLOAD_URL),
		...spread('put', PUT),
		...spread('model', MODEL),
	];
	for (const fault of faults) await sandbox.inject({ ...fault, seed: nextSeed() });
}

function spread(endpoint: FaultSpec['endpoint'], mix: Mix): FaultSpec[] {
	return mix.map(([probability, fault]) => ({
		...fault,
		endpoint,
		probability,
		times: 'forever',
	}));
}

/** How often each fault was met, by name and endpoint. */
export async function faultsMet(sandbox: Sandbox): Promise<Record<string, number>> {
	const { active } = await sandbox.faults();
	return Object.fromEntries(
		active.map(({ spec, taken }) => [`${spec.name} at ${spec.endpoint}`, taken]),
	);
}
