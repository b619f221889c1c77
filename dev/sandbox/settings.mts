import type { JobStatus } from './jobs/job.mjs';

/** A fixed number of milliseconds, a range to draw from, or null: never by itself. */
export type Duration = number | [low: number, high: number] | null;

export interface RateLimit {
	/** A model id, or `*` for each model on its own. */
	model: string;
	limit: number;
	intervalMs: number;
}

/** Everything that can be changed while the sandbox runs. */
export interface Settings {
	/** Seeds every draw: durations, fault probabilities, the shuffled list order. */
	seed: number;
	/** Divides every duration of a job. */
	speed: number;

	/** Further keys that are let in, besides the two built-in ones. */
	keys: Array<{ key: string; organization: string; user?: string; label?: string }>;
	/** Body of a 401. */
	unauthorizedBody: unknown;
	/** `enforce` answers 403 when `X-Organization-ID` names another organisation than the key's. */
	organizationHeader: 'record' | 'enforce';
	/** Listed models that this key may not run. */
	gatedModels: string[];
	/** How many ids `GET /models` lists (never fewer than the built-in ones). */
	catalogueSize: number;
	/** Replaces or adds details of models, by id. */
	models: Record<string, Record<string, unknown>>;

	/** Time from submit to the final status. */
	durationMs: Duration;
	/** The same, for single models. */
	durations: Record<string, Duration>;
	/** Taken first, one for each submit in the order they come in. */
	durationList: Duration[];
	/** How long a synchronous model holds its POST. */
	syncDurationMs: Duration;
	/** The status a new request starts with. */
	firstStatus: Extract<JobStatus, 'created' | 'queued' | 'dispatched'>;
	/** Share (0 to 1) of requests that fail, and the shape of their reason. */
	failureRate: number;
	failureShape: string;
	/** Answers a payload that breaks the model's own parameter list: never, with 400, or with 500. */
	badInput: 'ignore' | '400' | '500';
	rateLimits: RateLimit[];
	/** Adds a `Retry-After` header to the 429 of a real rate limit. */
	rateLimitHeader: boolean;

	listEnvelope: 'total' | 'has_more' | 'both' | 'neither';
	listOrder: 'newest' | 'oldest' | 'shuffled';
	/** A new request shows up in the list this much later. */
	listLagMs: number;
	/** List items have no `outcome`. */
	listOmitsOutcome: boolean;
	listDefaultLimit: number;
	listMaxLimit: number;

	/** Size of videos when the payload names none. */
	defaultSize: string;
	defaultSeconds: number;
	frameRate: number;
	/** How many different looks videos have; each costs one more encoding. */
	looks: number;
	/** Pads every video to this many bytes; null leaves it as encoded. */
	artifactBytes: number | null;
	/** `wrong` says application/octet-stream, `missing` says nothing. */
	artifactContentType: 'right' | 'wrong' | 'missing';
	/** Artifact addresses expire after this time; null: never. */
	artifactTtlMs: number | null;
	/** A fresh GET of the request hands out an address that works again. */
	artifactUrlRenews: boolean;
	/** Number of outputs of models with `media_urls`, when the payload asks for no number. */
	outputs: number;
	/** Host name in artifact and upload addresses; it may differ from the API's. */
	storageHost: '127.0.0.1' | 'localhost';

	uploadTtlSeconds: number;
	/** What the storage host signs for mp3; both values have been reported. */
	mp3ContentType: 'audio/mpeg' | 'audio/mp3';
	/** `refuse` answers 411 to an upload without Content-Length. */
	chunkedUpload: 'accept' | 'refuse';

	/** Bounds of the wire log. */
	logEntries: number;
	logBodyBytes: number;
	logBodyBudget: number;
}

export const defaultSettings: Settings = {
	seed: 1,
	speed: 1,
	keys: [],
	unauthorizedBody: { error: 'Invalid access token' },
	organizationHeader: 'record',
	gatedModels: ['veo-3.1-generate-preview-gated'],
	catalogueSize: 0,
	models: {},
	durationMs: 1500,
	durations: {},
	durationList: [],
	syncDurationMs: 300,
	firstStatus: 'queued',
	failureRate: 0,
	failureShape: 'string',
	badInput: 'ignore',
	rateLimits: [],
	rateLimitHeader: false,
	listEnvelope: 'total',
	listOrder: 'newest',
	listLagMs: 0,
	listOmitsOutcome: false,
	listDefaultLimit: 20,
	listMaxLimit: 100,
	defaultSize: '1280x720',
	defaultSeconds: 5,
	frameRate: 1,
	looks: 1,
	artifactBytes: null,
	artifactContentType: 'right',
	artifactTtlMs: null,
	artifactUrlRenews: true,
	outputs: 1,
	storageHost: '127.0.0.1',
	uploadTtlSeconds: 899,
	mp3ContentType: 'audio/mpeg',
	chunkedUpload: 'accept',
	logEntries: 20_000,
	logBodyBytes: 16_384,
	logBodyBudget: 32 * 1024 * 1024,
};

/**
 * The settings with changes laid over them.
 *
 * @throws Error when a name is not a setting, so that a misspelt one never passes silently.
 */
export function withChanges(settings: Settings, changes: Partial<Settings>): Settings {
	const unknown = Object.keys(changes).filter((name) => !(name in defaultSettings));
	if (unknown.length > 0) throw new Error(`Unknown setting: ${unknown.join(', ')}`);
	return { ...settings, ...changes };
}
