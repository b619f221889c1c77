import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import type { Phase } from '../shared/queue/records';
import { gmiQueue } from '../shared/queue/client';
import type { GmiQueue } from '../shared/queue/types';
import { onePollAtATime } from './onePollAtATime';
import { readRound } from './follow/round';
import { settle } from './follow/settle';
import type { FollowState } from './follow/types';
import { handOver, type OutputSettings } from './handOver';
import { keep, noteFirstReading, recall, takeFirstReading } from './firstReading';
import { sample } from './sample';
import { errorOf, logTroubles, noteTrouble, troubleToTell } from './trouble';

/** n8n's own default, for versions that do not tell. */
const USUAL_BUDGET_MS = 5 * 60_000;
/** Reading stops early: activating a workflow waits for its first poll. */
const LONGEST_READING_MS = 45_000;

interface Settings {
	models: string[];
	events: Phase[];
	output: OutputSettings;
}

/**
 * One poll: the requests that ended since the last one, or null. Everything it learns is kept in the node's
 * static data, what it hands over at the very moment it does.
 *
 * Guaranteed: each request made after the first poll, which n8n makes when the workflow is activated, or
 * open then, comes out once for each final status, on the conditions named at `readRound`, however often
 * n8n stops, crashes or forgets what polls without items have learned. Two things are not in the node's
 * hands. Unless its durable cursors are on, n8n stores the static data and the new execution one after
 * the other: a crash in the milliseconds between loses or repeats it. And an execution that n8n has
 * stored and not finished when it is killed is n8n's to recover.
 *
 * @throws NodeApiError or NodeOperationError when GMI cannot be read, see `troubleToTell`
 */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(this);
	const queue = await gmiQueue(this);
	if (this.getMode() === 'manual') {
		return [await sample(this, queue, settings.models, settings.events, settings.output)];
	}
	const data = this.getWorkflowStaticData('node');
	const node = `${this.getWorkflow().id}:${this.getNode().id}`;
	return await onePollAtATime(
		node,
		data,
		async (isSuperseded) => await pollOnce(this, queue, settings, { node, data }, isSuperseded),
	);
}

async function pollOnce(
	context: IPollFunctions,
	queue: GmiQueue,
	{ models, events, output }: Settings,
	{ node, data }: { node: string; data: IDataObject },
	isSuperseded: () => boolean,
): Promise<INodeExecutionData[][] | null> {
	const now = Date.now();
	const budget = budgetOf(context);
	const readUntil = now + Math.min(LONGEST_READING_MS, budget / 2);
	const noted = takeFirstReading(node);
	const kept = recall(data);
	const before: FollowState = kept ?? noted ?? { scopes: {} };
	const isFirst = Object.keys(before.scopes).length === 0;

	const isOver = () => Date.now() >= readUntil;
	const round = await readRound(queue, before, { models, events, isOver, now });
	const filesUntil = AbortSignal.timeout(Math.max(1, now + budget * 0.9 - Date.now()));
	const given = await handOver(context, queue, round.ready, output, filesUntil);
	const known = noteTrouble(settle(round.state, given.handedOver, given.failed), round.faults, now);

	if (isSuperseded()) return null;
	logTroubles(context, round.faults);
	if (given.items.length > 0) {
		keep(data, known);
		return [given.items];
	}
	const trouble = troubleToTell(known, round.faults, now, isFirst);
	if (!(trouble && isFirst)) {
		keep(data, known);
		if (kept === undefined) noteFirstReading(node, known);
	}
	if (trouble) throw errorOf(context.getNode(), trouble);
	return null;
}

function readSettings(context: IPollFunctions): Settings {
	const events = listOf(context.getNodeParameter('events')) as Phase[];
	if (events.length === 0) {
		throw new NodeOperationError(context.getNode(), 'No event is chosen', {
			description: 'Choose at least one of the events the workflow is to start on.',
		});
	}
	return {
		models: listOf(context.getNodeParameter('models', [])),
		events,
		output: {
			download: context.getNodeParameter('downloadOutput') as boolean,
			binaryName: context.getNodeParameter('binaryPropertyName', 'data') as string,
		},
	};
}

/** An expression may give one value, or several separated by commas, as well as an array. */
function listOf(value: unknown): string[] {
	const values: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
	return values.map(String).filter((entry) => entry.trim() !== '');
}

/** How long this poll may take, in milliseconds. */
function budgetOf(context: IPollFunctions): number {
	const { getPollBudgetMs } = context as { getPollBudgetMs?: () => number };
	return getPollBudgetMs?.call(context) ?? USUAL_BUDGET_MS;
}
