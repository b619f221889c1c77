import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';

import { asFault } from '../shared/queue/fault';
import { phaseOf, type Phase } from '../shared/queue/records';
import type { GmiQueue, RequestRecord } from '../shared/queue/types';
import { scopeNames } from './follow/scopes';
import { ALL_MODELS } from './follow/types';
import { PageReader } from './follow/pages';
import { endedAt, hasEnded } from './follow/record';
import { handOver, plainItem, type OutputSettings } from './handOver';
import { errorOf } from './trouble';

/** Enough to find a recent sample; a test is not to keep anyone waiting. */
const PAGES_OF_EACH = 2;
const MODELS_LOOKED_AT = 10;
const TIME_FOR_FILES_MS = 120_000;

/**
 * The request that ended last among recent ones, for a test by hand. Nothing is remembered of it.
 *
 * @throws NodeOperationError when there is none, or its error when GMI cannot be read
 */
export async function sample(
	context: IPollFunctions,
	queue: GmiQueue,
	models: string[],
	events: Phase[],
	output: OutputSettings,
): Promise<INodeExecutionData[]> {
	const found: RequestRecord[] = [];
	for (const scope of scopeNames(models).slice(0, MODELS_LOOKED_AT)) {
		found.push(...(await recentOf(context, queue, scope, events)));
	}
	const [latest] = found.sort((a, b) => endedAt(b) - endedAt(a));
	if (latest === undefined) throw noSample(context, models, events);
	const ready = { scope: ALL_MODELS, record: latest, endedAt: endedAt(latest), tries: 0 };
	const signal = AbortSignal.timeout(TIME_FOR_FILES_MS);
	const { items } = await handOver(context, queue, [ready], output, signal);
	return items.length > 0 ? items : [plainItem(latest)];
}

async function recentOf(
	context: IPollFunctions,
	queue: GmiQueue,
	scope: string,
	events: Phase[],
): Promise<RequestRecord[]> {
	const reader = new PageReader(queue, scope);
	try {
		for (let offset = 0; reader.pages < PAGES_OF_EACH; ) {
			const { records, next, hasMore } = await reader.read(offset);
			const ended = records.filter(
				(record) => hasEnded(record) && events.includes(phaseOf(record)),
			);
			if (ended.length > 0 || !hasMore) return ended;
			offset = next;
		}
		return [];
	} catch (error) {
		throw errorOf(context.getNode(), { scope, fault: asFault(error) });
	}
}

function noSample(context: IPollFunctions, models: string[], events: Phase[]): Error {
	const of = models.length === 0 ? '' : ` of ${models.join(', ')}`;
	return new NodeOperationError(
		context.getNode(),
		`There is no recent request${of} that ended with ${events.join(' or ')}`,
		{
			description:
				'A test shows the latest one as a sample. Generate a video first, or choose other models or events; the active workflow starts by itself as soon as a request ends.',
		},
	);
}
