import { createHash } from 'crypto';
import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { asError } from '../../shared/flow/asError';
import { fingerprint } from '../../shared/jobs/samePayload';
import type { Draft } from '../../shared/jobs/draft';
import { deliverMedia } from '../../shared/media/inputs/delivery';
import { planMedia, readMediaInputs, type Delivery } from '../../shared/media/inputs/plan';
import { buildPayload, expressionFields } from '../../shared/models/payload';
import { estimateCost, type CostEstimate } from '../../shared/models/price';
import type { GmiModel } from '../../shared/models/types';
import type { GmiQueue } from '../../shared/queue/types';
import { readModelId } from '../readModelId';
import { detailsReader } from './modelDetails';
import type { RunOptions } from './runOptions';

/** An item that may be sent, and what it will cost. */
export interface CheckedDraft extends Draft {
	cost: CostEstimate;
}

export interface BadItem {
	item: number;
	error: Error;
}

/**
 * Reads all items and checks them against their models, before anything is paid or uploaded.
 *
 * @throws Cancelled
 */
export async function readDrafts(
	context: IExecuteFunctions,
	queue: GmiQueue,
	items: INodeExecutionData[],
	options: RunOptions,
	signal: AbortSignal | undefined,
): Promise<{ drafts: CheckedDraft[]; bad: BadItem[] }> {
	const readDetails = detailsReader(context, queue, options, signal);
	const drafts: CheckedDraft[] = [];
	const bad: BadItem[] = [];
	for (let item = 0; item < items.length; item++) {
		try {
			const id = readModelId(context, item);
			const details = await readDetails(id);
			drafts.push(await readDraft(context, queue, item, id, details, options, signal));
		} catch (error) {
			if (signal?.aborted) throw asError(error);
			bad.push({ item, error: asError(error) });
		}
	}
	return { drafts, bad };
}

async function readDraft(
	context: IExecuteFunctions,
	queue: GmiQueue,
	item: number,
	modelId: string,
	details: GmiModel | undefined,
	options: RunOptions,
	signal: AbortSignal | undefined,
): Promise<CheckedDraft> {
	const { skipValidation } = options;
	const inputs = readMediaInputs(context, item);
	const hasForm = context.getNodeParameter('parameterMode', item, 'fields') === 'fields';
	const { payload, problems } = buildPayload(details, {
		prompt: readText(context, 'prompt', item),
		fields: hasForm ? readFields(context, item) : {},
		json: readJson(context, item, hasForm ? 'Extra Parameters (JSON)' : 'Parameters (JSON)'),
		mediaParameters: inputs.map(({ parameter }) => parameter),
		expressions: expressionFields(context.getNode().parameters.parameters),
	});
	const delivery = context.getNodeParameter('options.fileDelivery', item, 'auto') as Delivery;
	const media = await planMedia(context, item, details, inputs, payload, delivery, skipValidation);
	const all = [...(skipValidation ? [] : problems), ...media.problems];
	if (all.length > 0) throw problemError(context, item, modelId, all);

	let complete: Promise<IDataObject> | undefined;
	return {
		item,
		model: modelId,
		identity: hash([modelId, payload, media.plan.identity]),
		defaults: defaultsOf(details),
		cost: estimateCost(details, payload),
		payload: async () => {
			complete ??= deliverMedia(context, queue, media.plan, signal).then((files) => ({
				...payload,
				...files,
			}));
			return await complete;
		},
	};
}

function readText(context: IExecuteFunctions, name: string, item: number): string {
	const value = context.getNodeParameter(name, item, '');
	return value === null || value === undefined ? '' : String(value);
}

/** Read whole: reading `parameters.value` would have n8n convert the values to the form's types. */
function readFields(context: IExecuteFunctions, item: number): Record<string, unknown> {
	const mapper = context.getNodeParameter('parameters', item, {}) as { value?: unknown } | null;
	return (mapper?.value ?? {}) as Record<string, unknown>;
}

function readJson(context: IExecuteFunctions, item: number, label: string): IDataObject {
	const value = context.getNodeParameter('parametersJson', item, '{}') as unknown;
	if (value === '' || value === null || value === undefined) return {};
	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
		if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
			return parsed as IDataObject;
		}
		throw jsonError(context, item, label, 'it must be an object such as { "duration": 5 }');
	} catch (error) {
		throw error instanceof SyntaxError
			? jsonError(context, item, label, error.message)
			: asError(error);
	}
}

function jsonError(
	context: IExecuteFunctions,
	item: number,
	label: string,
	reason: string,
): NodeOperationError {
	const message = `${label} cannot be read: ${reason} [item ${item}]`;
	return new NodeOperationError(context.getNode(), message, {
		itemIndex: item,
		description: 'Write one JSON object: names in double quotes, no comma after the last value.',
	});
}

function problemError(
	context: IExecuteFunctions,
	item: number,
	model: string,
	problems: string[],
): NodeOperationError {
	const [first, ...more] = problems;
	const what = first.includes(model.trim()) ? first : `${model}: ${first}`;
	return new NodeOperationError(context.getNode(), `${what} [item ${item}]`, {
		itemIndex: item,
		description: [
			...more,
			'Nothing was sent for this item, so nothing is charged. For a model newer than its description, turn on Skip Validation in the options.',
		].join('\n'),
	});
}

function defaultsOf(model: GmiModel | undefined): IDataObject {
	const entries = model?.parameters.map(({ name, defaultValue }) => [name, defaultValue]) ?? [];
	return Object.fromEntries(entries) as IDataObject;
}

function hash(value: unknown): string {
	return createHash('sha256').update(fingerprint(value)).digest('hex');
}
