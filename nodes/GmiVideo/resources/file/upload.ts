import {
	NodeOperationError,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { uploaderOfRun } from '../../../shared/media/inputDelivery';
import { inspectFile } from '../../../shared/media/inputFile';
import { routeFile } from '../../../shared/media/inputRoute';
import type { MediaFile } from '../../../shared/media/inputTypes';
import { UploadError } from '../../../shared/media/upload';
import type { GmiQueue } from '../../../shared/queue/types';

const properties: INodeProperties[] = [
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field that holds the file to upload',
		description: 'PNG, JPEG, MP4, MOV, MP3 and WAV files can be uploaded',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['file'], operation: ['upload'] } },
	properties,
);

/**
 * Uploads one item's file: `{ url, fileName, mimeType, fileSize }`, the size in bytes. The same file in
 * several items of a run is uploaded once.
 *
 * @throws NodeOperationError when the item's file cannot be read or uploaded, GmiFault when GMI gives no
 * upload address, Cancelled when the execution is cancelled
 */
export async function execute(
	this: IExecuteFunctions,
	queue: GmiQueue,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const file = await readFile(this, itemIndex);
	try {
		const url = await uploaderOfRun(this, queue).upload(file);
		const { fileName, mimeType, bytes } = file;
		return [
			{ json: { url, fileName, mimeType, fileSize: bytes }, pairedItem: { item: itemIndex } },
		];
	} catch (error) {
		throw inWords(this, itemIndex, error);
	}
}

async function readFile(context: IExecuteFunctions, itemIndex: number): Promise<MediaFile> {
	const field = context.getNodeParameter('binaryPropertyName', itemIndex);
	const found = await inspectFile(context, itemIndex, field);
	if ('problem' in found) return refuse(context, itemIndex, found.problem);
	const routed = routeFile(found.file, 'upload', true);
	return 'problem' in routed ? refuse(context, itemIndex, routed.problem) : found.file;
}

function refuse(context: IExecuteFunctions, itemIndex: number, problem: string): never {
	const [what, ...advice] = problem.split('. ');
	const message = `${what[0].toUpperCase()}${what.slice(1)} [item ${itemIndex}]`;
	const description = advice.length > 0 ? advice.join('. ') : 'Nothing was uploaded for this item';
	throw new NodeOperationError(context.getNode(), message, { itemIndex, description });
}

function inWords(context: IExecuteFunctions, itemIndex: number, error: unknown): unknown {
	if (!(error instanceof UploadError)) return error;
	const { message, description: reason } = error;
	return new NodeOperationError(context.getNode(), message, { itemIndex, description: reason });
}
