import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeApiError,
} from 'n8n-workflow';

import { asError } from '../shared/flow/asError';
import { toNodeError } from '../shared/errors/nodeError';
import { Cancelled, throwIfCancelled } from '../shared/flow/pause';
import { errorItem, wordedFor } from '../shared/items/errorItem';
import { isTool, toolItem } from '../shared/items/toolAnswer';
import { Delivery, itemOf } from '../shared/jobs/deliver';
import { gmiQueue } from '../shared/queue/client';
import type { GmiFault } from '../shared/queue/fault';
import { failureReason, phaseOf } from '../shared/queue/records';
import type { RequestRecord } from '../shared/queue/types';
import { readRequestIds, type Asked } from './requestIds';
import { lookUp, type Found } from './lookUp';

const DONE = 0;
const IN_PROGRESS = 1;
const FAILED = 2;

interface Placed {
	output: number;
	item: INodeExecutionData;
}

interface Bad {
	item: number;
	id?: string;
	error: unknown;
}

/**
 * Sorts the requests that the items name onto the outputs Done, In Progress and Failed, in the order they
 * are named. As a tool everything comes out of the first output, which is the only one an agent gets.
 *
 * @throws NodeApiError or NodeOperationError when an id is unknown or a file cannot be fetched, after all
 * others were looked up, unless the node continues on fail
 */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const signal = this.getExecutionCancelSignal();
	const queue = await gmiQueue(this);
	const bad: Bad[] = [];
	const asked = this.getInputData().flatMap((_, item) => askedOf(this, item, bad));
	try {
		const found = await lookUp(queue, asked, signal);
		const download = !isTool(this) && (this.getNodeParameter('downloadOutput', 0, true) as boolean);
		const name = this.getNodeParameter('binaryPropertyName', 0, 'data');
		const delivery = new Delivery(this, queue, name, signal);
		const placed = await Promise.all(
			asked.map(async (one) => await place(this, one, found, download ? delivery : undefined, bad)),
		);
		throwIfCancelled(signal);
		return finish(
			this,
			placed.filter((one) => one !== undefined),
			bad,
			asked,
			found,
		);
	} catch (error) {
		throw error instanceof Cancelled ? toNodeError(this.getNode(), error) : asError(error);
	}
}

function askedOf(context: IExecuteFunctions, item: number, bad: Bad[]): Asked[] {
	try {
		return readRequestIds(context, item);
	} catch (error) {
		bad.push({ item, error });
		return [];
	}
}

async function place(
	context: IExecuteFunctions,
	{ item, id }: Asked,
	found: Map<string, Found>,
	delivery: Delivery | undefined,
	bad: Bad[],
): Promise<Placed | undefined> {
	const { record, fault } = found.get(id)!;
	if (fault) {
		bad.push({ item, id, error: unavailable(context, id, fault, item) });
		return undefined;
	}
	const phase = phaseOf(record);
	const made = isTool(context) ? toolItem(record, item) : itemOf(record, item);
	if (phase === 'open') return { output: IN_PROGRESS, item: made };
	if (phase !== 'success') return { output: FAILED, item: withReason(made, record) };
	try {
		return { output: DONE, item: delivery ? await delivery.item(record, item) : made };
	} catch (error) {
		if (error instanceof Cancelled) throw asError(error);
		bad.push({ item, id, error });
		return undefined;
	}
}

function finish(
	context: IExecuteFunctions,
	placed: Placed[],
	bad: Bad[],
	asked: Asked[],
	found: Map<string, Found>,
): INodeExecutionData[][] {
	bad.sort((a, b) => a.item - b.item);
	if (bad.length > 0 && !context.continueOnFail()) throw firstOf(context, bad, asked, found);
	const outputs: INodeExecutionData[][] = [[], [], []];
	const isForAgent = isTool(context);
	for (const { output, item } of placed) outputs[isForAgent ? DONE : output].push(item);
	for (const { item, id, error } of bad) {
		const made = errorItem(context, item, error);
		if (id !== undefined) made.json.request_id ??= id;
		outputs[isForAgent ? DONE : FAILED].push(made);
	}
	return outputs;
}

/** Not `error`: n8n gives fields of that name a meaning of its own. */
function withReason(item: INodeExecutionData, record: RequestRecord): INodeExecutionData {
	const reason = failureReason(record) || 'GMI Cloud gave no reason';
	return { ...item, json: { ...item.json, failure_reason: reason } };
}

function unavailable(context: IExecuteFunctions, id: string, fault: GmiFault, item: number): Error {
	if (fault.kind !== 'notFound') return fault;
	const words = fault.providerText === '' ? '' : `: ${fault.providerText}`;
	return new NodeOperationError(
		context.getNode(),
		`GMI Cloud does not know the request ${id}${words} [item ${item}]`,
		{
			itemIndex: item,
			description:
				'Check the ID and that the credential belongs to the same organization. A request made in the web console is found only when its model is named: set Model in the options, or have a field model beside request_id in the item.',
		},
	);
}

/** The first error, with where all other requests stand. */
function firstOf(
	context: IExecuteFunctions,
	[first, ...others]: Bad[],
	asked: Asked[],
	found: Map<string, Found>,
): NodeApiError | NodeOperationError {
	const node = context.getNode();
	const more = others.map(({ item, error }) => toNodeError(node, error, { item }).message);
	const known = asked.flatMap(({ item, id }) => {
		const record = id === first.id ? undefined : found.get(id)?.record;
		return record ? [`item ${item}: ${id} (${record.status})`] : [];
	});
	if (known.length > 0) more.push(`The others were looked up: ${known.join('; ')}.`);
	const place = { item: first.item, besides: more.join('\n') };
	return wordedFor(context, toNodeError(node, first.error, place));
}
