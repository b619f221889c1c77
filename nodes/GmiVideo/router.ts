import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../shared/errors/nodeError';
import { throwIfCancelled } from '../shared/flow/pause';
import { gmiQueue } from '../shared/queue/client';
import type { GmiQueue } from '../shared/queue/types';
import { errorItem, wordedFor } from '../shared/items/errorItem';
import * as file from './resources/file';
import * as model from './resources/model';
import * as video from './resources/video';

/** An operation that handles one item by itself. */
type ItemOperation = (
	this: IExecuteFunctions,
	queue: GmiQueue,
	itemIndex: number,
) => Promise<INodeExecutionData[]>;

/** An operation that handles all items together. */
type RunOperation = (this: IExecuteFunctions, queue: GmiQueue) => Promise<INodeExecutionData[]>;

const runOperations: Record<string, RunOperation> = {
	'video:generate': video.generate.execute,
	'video:wait': video.wait.execute,
};

const itemOperations: Record<string, ItemOperation> = {
	'video:get': video.get.execute,
	'video:getAll': video.getAll.execute,
	'video:download': video.download.execute,
	'model:get': model.get.execute,
	'model:getAll': model.getAll.execute,
	'file:upload': file.upload.execute,
};

/** Sends the node's items to the chosen operation. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const operation = this.getNodeParameter('operation', 0);
	const key = `${resource}:${operation}`;
	const queue = await gmiQueue(this);

	if (key in runOperations) return [await runOperations[key].call(this, queue)];
	if (key in itemOperations) return [await runEach(this, queue, itemOperations[key])];
	throw new NodeOperationError(this.getNode(), `The operation ${key} does not exist`);
}

async function runEach(
	context: IExecuteFunctions,
	queue: GmiQueue,
	operation: ItemOperation,
): Promise<INodeExecutionData[]> {
	const signal = context.getExecutionCancelSignal();
	const output: INodeExecutionData[] = [];
	for (let item = 0; item < context.getInputData().length; item++) {
		try {
			throwIfCancelled(signal);
			output.push(...(await operation.call(context, queue, item)));
		} catch (error) {
			if (signal?.aborted || !context.continueOnFail()) {
				throw wordedFor(context, toNodeError(context.getNode(), error, { item }));
			}
			output.push(errorItem(context, item, error));
		}
	}
	return output;
}
