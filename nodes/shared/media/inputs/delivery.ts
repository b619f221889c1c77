import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Slots } from '../../flow/slots';
import { GmiFault, type FaultKind } from '../../queue/fault';
import type { GmiQueue } from '../../queue/types';
import { openFile } from './file';
import type { MediaFile, MediaPlan, MediaSource } from './types';
import { UploadError, uploadFile } from './upload';

const UPLOADS_AT_ONCE = 3;

/** Ends that a data URI cannot help with: the submit that follows would end in the same way. */
const FATAL_FAULTS: FaultKind[] = ['badKey', 'noCredit', 'blocked', 'redirected'];

export interface Uploader {
	/** The address a file is read under. The same content is uploaded once, whoever asks. */
	upload(file: MediaFile): Promise<string>;
}

/** Per run of a node: the items of a run share their uploads, runs do not. */
const uploaders = new WeakMap<IExecuteFunctions, Uploader>();

/**
 * Uploads what a plan says and gives the parameters: `{ [parameter]: address }`, or a list of addresses in
 * order for parameters that take lists. Files already uploaded in this run are not sent again.
 *
 * @throws GmiFault when GMI gives no upload address, UploadError when the storage does not take a file,
 * Cancelled when the execution is cancelled; all only after every upload of the plan has ended
 */
export async function deliverMedia(
	context: IExecuteFunctions,
	queue: GmiQueue,
	plan: MediaPlan,
	signal?: AbortSignal,
): Promise<IDataObject> {
	const uploader = uploaderOfRun(context, queue, signal);
	const entries = await allEnded(
		plan.parts.map(async ({ parameter, list, sources }) => {
			const urls = await allEnded(sources.map((source) => deliver(context, uploader, source)));
			return [parameter, list ? urls : urls[0]] as const;
		}),
	);
	return Object.fromEntries(entries);
}

/** The uploader that everything in one run of a node shares. */
export function uploaderOfRun(
	context: IExecuteFunctions,
	queue: GmiQueue,
	signal?: AbortSignal,
): Uploader {
	const uploader = uploaders.get(context) ?? createUploader(context, queue, signal);
	uploaders.set(context, uploader);
	return uploader;
}

function createUploader(
	context: IExecuteFunctions,
	queue: GmiQueue,
	signal: AbortSignal | undefined,
): Uploader {
	const uploads = new Map<string, Promise<string>>();
	const slots = new Slots(UPLOADS_AT_ONCE);
	return {
		async upload(file) {
			const key = `${file.sha256}.${file.uploadExtension}`;
			const upload =
				uploads.get(key) ?? slots.run(async () => await uploadFile(context, queue, file, signal));
			uploads.set(key, upload);
			return await upload;
		},
	};
}

async function deliver(
	context: IExecuteFunctions,
	uploader: Uploader,
	source: MediaSource,
): Promise<string> {
	if ('url' in source) return source.url;
	if (source.route === 'dataUri') return await readDataUri(context, source.file);
	try {
		return await uploader.upload(source.file);
	} catch (error) {
		const hopeless = error instanceof GmiFault && FATAL_FAULTS.includes(error.kind);
		const ours = error instanceof GmiFault || error instanceof UploadError;
		if (source.route === 'upload' || hopeless || !ours) return rethrow(error);
		return await readDataUri(context, source.file);
	}
}

/** Only for files that planning found small enough. */
async function readDataUri(context: IExecuteFunctions, file: MediaFile): Promise<string> {
	const source = await openFile(context, file.binary);
	const content = Buffer.isBuffer(source) ? source : await context.helpers.binaryToBuffer(source);
	return `data:${file.mimeType};base64,${content.toString('base64')}`;
}

/** Like `Promise.all`, but rejects only when nothing is under way any more. */
async function allEnded<T>(tasks: Array<Promise<T>>): Promise<T[]> {
	await Promise.allSettled(tasks);
	return await Promise.all(tasks);
}

function rethrow(error: unknown): never {
	throw error;
}
