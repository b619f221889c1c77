import { asFault } from '../../shared/queue/fault';
import type { GmiQueue } from '../../shared/queue/types';
import type { Scan, ScanLimits } from './scanTypes';
import type { Pending } from './types';

/** Open requests asked for by id in one poll, when the pages read do not show them. */
const GETS_OF_OPEN = 2;
/** The same for requests that have ended and wait to be handed over. */
const GETS_OF_ENDED = 25;

/**
 * Asks by id for awaited requests that the pages read do not show: a few open ones, whose turn it is, and those
 * that have ended.
 *
 * @throws GmiFault but for `notFound`, which is noted
 */
export async function askById(
	queue: GmiQueue,
	awaited: Pending[],
	scan: Scan,
	{ isOver }: ScanLimits,
): Promise<void> {
	const askable = awaited.filter(({ listOnly }) => !listOnly);
	const open = askable.filter(({ endedAt }) => endedAt === undefined);
	const ended = askable.filter(({ endedAt }) => endedAt !== undefined);
	// A page of the search counts as one of them.
	const most = scan.searchOffset === undefined ? GETS_OF_OPEN : GETS_OF_OPEN - 1;
	for (const { id } of [...ended.slice(0, GETS_OF_ENDED), ...open.slice(0, most)]) {
		if (isOver()) return;
		try {
			scan.records.set(id, await queue.getRequest(id));
			scan.byId.add(id);
		} catch (error) {
			if (asFault(error).kind !== 'notFound') throw asFault(error);
			scan.unknown.push(id);
		}
	}
}
