import { defaultAccount, secondAccount, type Account } from './accounts.mjs';
import { RateLimiter } from './api/rateLimiter.mjs';
import { Catalogue } from './catalogue/catalogue.mjs';
import { Faults } from './faults/faults.mjs';
import { Plans } from './jobs/plans.mjs';
import { Queue } from './jobs/queue.mjs';
import { Videos } from './media/videos.mjs';
import { Random } from './random.mjs';
import { defaultSettings, withChanges, type Settings } from './settings.mjs';
import { Uploads } from './storage/uploads.mjs';
import { Counters } from './wire/counters.mjs';
import { WireLog } from './wire/log.mjs';

/** The state behind the three servers. */
export class Sandbox {
	settings: Settings;
	random!: Random;
	catalogue!: Catalogue;
	queue!: Queue;
	plans!: Plans;
	faults!: Faults;
	counters!: Counters;
	limiter!: RateLimiter;
	readonly uploads = new Uploads();
	/** Videos depend on nothing but their size, so they stay when the rest is reset. */
	readonly videos = new Videos();
	readonly log: WireLog;
	apiUrl = '';
	controlUrl = '';
	closed = false;
	private storagePort = 0;

	constructor(private readonly initial: Partial<Settings> = {}) {
		this.settings = withChanges(defaultSettings, initial);
		this.log = new WireLog(() => this.settings);
		this.reset();
	}

	/** Back to the state right after the start: settings, requests, faults, uploads, log and counters. */
	reset(): void {
		this.settings = withChanges(structuredClone(defaultSettings), structuredClone(this.initial));
		this.random = new Random(this.settings.seed);
		this.catalogue = new Catalogue(this.settings);
		this.queue = new Queue(this);
		this.plans = new Plans();
		this.faults = new Faults();
		this.counters = new Counters();
		this.limiter = new RateLimiter();
		this.uploads.clear();
		this.log.clear();
	}

	configure(changes: Partial<Settings>): void {
		this.settings = withChanges(this.settings, changes);
		if (changes.seed !== undefined) this.random = new Random(changes.seed);
		if (changes.models || changes.catalogueSize !== undefined) {
			this.catalogue = new Catalogue(this.settings);
		}
	}

	get accounts(): Account[] {
		const added = this.settings.keys.map(({ key, organization, user, label }, index) => ({
			label: label ?? `added ${index + 1}`,
			key,
			organization,
			user: user ?? organization,
		}));
		return [defaultAccount, secondAccount, ...added];
	}

	set storageAddress(port: number) {
		this.storagePort = port;
	}

	get storageUrl(): string {
		return `http://${this.settings.storageHost}:${this.storagePort}`;
	}

	async close(): Promise<void> {
		this.closed = true;
		await this.videos.close();
		this.uploads.clear();
	}
}
