import type { IDataObject } from 'n8n-workflow';

import type { GmiQueue } from '../../../nodes/shared/queue/types';

export interface FakeQueue extends GmiQueue {
	/** What was asked: `list` or the id of a model. */
	calls: string[];
}

let accounts = 0;

/** A queue that only knows models; every one is another account. Its first `failures` calls fail. */
export function fakeQueue({
	ids = [],
	details = {},
	failures = 0,
}: {
	ids?: string[];
	details?: Record<string, IDataObject>;
	failures?: number;
}): FakeQueue {
	const calls: string[] = [];
	let left = failures;
	async function answer<T>(call: string, value: T): Promise<T> {
		calls.push(call);
		if (left-- > 0) throw new Error('down');
		return value;
	}
	return {
		calls,
		account: `account ${accounts++}`,
		listModels: async () => await answer('list', ids),
		getModel: async (id: string) => await answer(id, details[id]),
	} as unknown as FakeQueue;
}
