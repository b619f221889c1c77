/** What `startSandbox()` of `./sandbox` gives and takes; `dev/sandbox/README.md` explains each name. */

export type Duration = number | [number, number] | null;
export type FinalStatus = 'success' | 'failed' | 'cancelled';
export type Status = FinalStatus | 'created' | 'queued' | 'dispatched' | 'processing';
export type Endpoint =
	| 'models'
	| 'model'
	| 'submit'
	| 'get'
	| 'list'
	| 'upload-url'
	| 'put'
	| 'artifact'
	| 'public-models'
	| 'other';

export interface Settings {
	seed: number;
	speed: number;
	keys: Array<{ key: string; organization: string; user?: string; label?: string }>;
	unauthorizedBody: unknown;
	organizationHeader: 'record' | 'enforce';
	gatedModels: string[];
	catalogueSize: number;
	models: Record<string, Record<string, unknown>>;
	durationMs: Duration;
	durations: Record<string, Duration>;
	durationList: Duration[];
	syncDurationMs: Duration;
	firstStatus: 'created' | 'queued' | 'dispatched';
	failureRate: number;
	failureShape: string;
	badInput: 'ignore' | '400' | '500';
	rateLimits: Array<{ model: string; limit: number; intervalMs: number }>;
	rateLimitHeader: boolean;
	listEnvelope: 'total' | 'has_more' | 'both' | 'neither';
	listOrder: 'newest' | 'oldest' | 'shuffled';
	listLagMs: number;
	listOmitsOutcome: boolean;
	listDefaultLimit: number;
	listMaxLimit: number;
	defaultSize: string;
	defaultSeconds: number;
	frameRate: number;
	looks: number;
	artifactBytes: number | null;
	artifactContentType: 'right' | 'wrong' | 'missing';
	artifactTtlMs: number | null;
	artifactUrlRenews: boolean;
	outputs: number;
	storageHost: '127.0.0.1' | 'localhost';
	uploadTtlSeconds: number;
	mp3ContentType: 'audio/mpeg' | 'audio/mp3';
	chunkedUpload: 'accept' | 'refuse';
	logEntries: number;
	logBodyBytes: number;
	logBodyBudget: number;
}

export interface Match {
	endpoint?: Endpoint;
	model?: string;
	payload?: string;
	path?: string;
	times?: number | 'forever';
	skip?: number;
	index?: number;
	probability?: number;
	seed?: number;
}

export interface FaultSpec extends Match {
	name: string;
	accepted?: boolean;
	listed?: boolean;
	status?: number;
	text?: string;
	body?: unknown;
	headers?: Record<string, string>;
	retryAfterMs?: number;
	location?: string;
	afterBytes?: number;
	bytesPerSecond?: number;
	delayMs?: number;
	bytes?: number;
}

export interface PlanSpec extends Match {
	durationMs?: number | null;
	ends?: FinalStatus;
	shape?: string;
	reason?: string;
	outputs?: number;
	firstStatus?: Status;
}

export interface FinishSpec {
	status?: FinalStatus;
	shape?: string;
	reason?: string;
}

export interface AddSpec {
	model?: string;
	payload?: Record<string, unknown>;
	source?: 'console' | 'history';
	status?: Status;
	ageMs?: number;
	tookMs?: number;
	shape?: string;
	reason?: string;
	organization?: 'default' | 'second';
}

export interface HistorySpec extends AddSpec {
	count: number;
	spacingMs?: number;
}

export interface LogFilter {
	server?: 'api' | 'storage';
	endpoint?: Endpoint;
	method?: string;
	model?: string;
	path?: string;
	status?: number;
	fault?: string;
	after?: number;
	limit?: number;
}

export interface LogEntry {
	number: number;
	time: number;
	tookMs?: number;
	server: 'api' | 'storage';
	endpoint: Endpoint;
	method: string;
	path: string;
	query: Record<string, string>;
	status?: number;
	authorized: boolean;
	key?: string;
	organization?: string;
	headers: Record<string, string>;
	model?: string;
	requestId?: string;
	fault?: string;
	bodyBytes: number;
	body?: Record<string, unknown> & { model?: string; payload?: Record<string, unknown> };
	bodyDropped?: boolean;
	sentBytes: number;
	aborted: boolean;
}

export interface AcceptedRequest {
	id: string;
	model: string;
	payload: Record<string, unknown>;
	status: Status;
	source: 'api' | 'console' | 'history' | 'refused';
	sourceProduct?: string;
	organization: string;
	createdMs: number;
	steps: Array<{ at: number; status: Status }>;
	sameSubmits: number;
}

export interface Counters {
	calls: Partial<Record<Endpoint, number>>;
	statuses: Partial<Record<Endpoint, Record<string, number>>>;
	accepted: number;
	acceptedByModel: Record<string, number>;
	maxConcurrent: {
		api: number;
		storage: number;
		submit: number;
		submitByModel: Record<string, number>;
		get: number;
		list: number;
		put: number;
		artifact: number;
	};
}

export interface Upload {
	path: string;
	contentType: string;
	bytes: number;
	sha256: string;
	time: number;
	chunked: boolean;
}

export interface Sandbox {
	/** What stands in for https://console.gmicloud.ai. */
	url: string;
	storageUrl: string;
	controlUrl: string;
	key: string;
	secondKey: string;
	/** `url` with the path of the request queue. */
	api: string;
	/** Back to the state after the start: settings, requests, faults, plans, uploads, log, counters. */
	reset(): Promise<void>;
	configure(changes: Partial<Settings>): Promise<Settings>;
	/** Lets the next fitting call (or `times` of them) go wrong; gives the fault's number. */
	inject(fault: FaultSpec): Promise<number>;
	faults(): Promise<{
		known: Array<{ name: string; about: string; accepted: boolean }>;
		failureShapes: string[];
		active: Array<{ id: number; spec: FaultSpec; seen: number; taken: number }>;
	}>;
	clearFaults(): Promise<void>;
	/** Says beforehand what becomes of the next fitting submit (or `times` of them). */
	plan(plan: PlanSpec): Promise<void>;
	/** Everything accepted, added or left behind by a refusal, oldest first. */
	requests(): Promise<AcceptedRequest[]>;
	/** Ends a request now; gives its record. */
	finish(id: string, how?: FinishSpec): Promise<Record<string, unknown>>;
	addRequest(spec?: AddSpec): Promise<string>;
	addHistory(spec: HistorySpec): Promise<string[]>;
	log(filter?: LogFilter): Promise<LogEntry[]>;
	clearLog(): Promise<void>;
	counters(): Promise<Counters>;
	uploads(): Promise<Upload[]>;
	stop(): Promise<void>;
}
