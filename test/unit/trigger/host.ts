import { readRound } from '../../../nodes/GmiVideoTrigger/follow/round';
import { settle, type Ready } from '../../../nodes/GmiVideoTrigger/follow/settle';
import type { FollowState } from '../../../nodes/GmiVideoTrigger/follow/types';
import type { Phase } from '../../../nodes/shared/queue/records';
import type { FakeHistory } from './fakeHistory';

export interface HostSettings {
	models: string[];
	events: Phase[];
	/** Whether what quiet polls learn is stored at once, as with durable cursors. */
	keepsQuietPolls: boolean;
}

/**
 * What n8n does around the poll: keeps static data in memory, stores it on activation and together with a
 * new execution, and forgets the rest when it is killed.
 */
export class Host {
	/** `request id/status` of everything handed over, in order. */
	readonly emitted: string[] = [];
	/** Handing over fails for these. */
	readonly undeliverable = new Set<string>();
	private memory: FollowState = { scopes: {} };
	private stored = '{"scopes":{}}';

	constructor(
		private readonly gmi: FakeHistory,
		readonly settings: HostSettings,
	) {}

	get state(): FollowState {
		return this.memory;
	}

	/** @returns whether the first poll went through, as it must for the workflow to become active */
	async activate(): Promise<boolean> {
		const isKnown = Object.keys(this.memory.scopes).length > 0;
		await this.poll();
		if (!isKnown && Object.keys(this.memory.scopes).length === 0) return false;
		this.store();
		return true;
	}

	async poll(): Promise<Ready[]> {
		const round = await readRound(this.gmi, this.memory, {
			...this.settings,
			isOver: () => false,
			now: this.gmi.clock * 1000,
		});
		const [failed, given] = split(round.ready, this.undeliverable);
		this.memory = settle(round.state, given, failed);
		this.emitted.push(...given.map(({ record }) => `${record.request_id}/${record.status}`));
		if (given.length > 0 || this.settings.keepsQuietPolls) this.store();
		return given;
	}

	/** n8n dies and starts again with what it had stored. */
	crash(): void {
		this.memory = JSON.parse(this.stored) as FollowState;
	}

	/** n8n dies between reading and handing over. */
	async crashWhilePolling(): Promise<void> {
		await readRound(this.gmi, this.memory, {
			...this.settings,
			isOver: () => false,
			now: this.gmi.clock * 1000,
		});
		this.crash();
	}

	private store(): void {
		this.stored = JSON.stringify(this.memory);
	}
}

function split(ready: Ready[], undeliverable: Set<string>): [Ready[], Ready[]] {
	const isStuck = ({ record }: Ready) => undeliverable.has(record.request_id);
	return [ready.filter(isStuck), ready.filter((one) => !isStuck(one))];
}
