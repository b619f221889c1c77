import {
	NodeOperationError,
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import { uploaderOfRun } from '../../../shared/media/inputs/delivery';
import { inspectFile } from '../../../shared/media/inputs/file';
import { routeFile } from '../../../shared/media/inputs/route';
import type { MediaFile } from '../../../shared/media/inputs/types';
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
 * @throws NodeOperationError when the item's file is missing, unreadable or of a kind that cannot be uploaded,
 * GmiFault when GMI gives no upload address, UploadError when the storage does not take the file, Cancelled
 * when the execution is cancelled
 */
export async function execute(
	this: IExecuteFunctions,
	queue: GmiQueue,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const file = await readFile(this, itemIndex);
	const url = await uploaderOfRun(this, queue).upload(file);
	const { fileName, mimeType, bytes } = file;
	return [{ json: { url, fileName, mimeType, fileSize: bytes }, pairedItem: { item: itemIndex } }];
}

async function readFile(context: IExecuteFunctions, itemIndex: number): Promise<MediaFile> {
	const field = context.getNodeParameter('binaryPropertyName', itemIndex);
	const found = await inspectFile(context, itemIndex, field);
	if ('problem' in found) return refuse(context, itemIndex, found.problem);
	const routed = routeFile(found.file, 'upload', true);
	return 'problem' in routed ? refuse(context, itemIndex, routed.problem) : found.file;
}

function refuse(context: IExecuteFunctions, itemIndex: number, problem: string): never {
	const message = `${problem[0].toUpperCase()}${problem.slice(1)}`;
	throw new NodeOperationError(context.getNode(), message, { itemIndex });
}
