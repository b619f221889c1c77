import type {
	AddSpec,
	CountersView,
	FaultsView,
	FaultSpec,
	FinishSpec,
	HistorySpec,
	LogFilter,
	Overview,
	PlanSpec,
	Settings,
	Upload,
	WireEntry,
} from '../../dev/sandbox/index.mjs' with { 'resolution-mode': 'import' };

export type {
	AddSpec,
	CountersView,
	FaultSpec,
	FinishSpec,
	HistorySpec,
	LogFilter,
	Overview,
	PlanSpec,
	Settings,
};

/** A call as the control server tells of it; what GMI is sent is JSON. */
export interface LogEntry extends WireEntry {
	body?: Record<string, unknown> & { model?: string; payload?: Record<string, unknown> };
}

/** The sandbox of `./sandbox`, a process of its own; `dev/sandbox/README.md` explains each name. */
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
	faults(): Promise<FaultsView>;
	clearFaults(): Promise<void>;
	/** Says beforehand what becomes of the next fitting submit (or `times` of them). */
	plan(plan: PlanSpec): Promise<void>;
	/** Everything accepted, added or left behind by a refusal, oldest first. */
	requests(): Promise<Overview>;
	/** Ends a request now; gives its record. */
	finish(id: string, how?: FinishSpec): Promise<Record<string, unknown>>;
	addRequest(spec?: AddSpec): Promise<string>;
	addHistory(spec: HistorySpec): Promise<string[]>;
	log(filter?: LogFilter): Promise<LogEntry[]>;
	clearLog(): Promise<void>;
	counters(): Promise<CountersView>;
	uploads(): Promise<Upload[]>;
	stop(): Promise<void>;
}
