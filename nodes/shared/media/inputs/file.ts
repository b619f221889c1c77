import { createHash } from 'crypto';
import type { BinaryHelperFunctions, IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { throwIfCancelled } from '../../flow/pause';
import {
	extensionOf,
	fileTypeOfMime,
	fileTypeOfName,
	kindOfMime,
	type FileType,
} from '../fileTypes';
import { probeImageSize, readImageSize } from './imageSize';
import { sniffFileType, sniffText } from './sniff';
import type { MediaFile } from './types';
import { uploadExtensionOf } from './uploadTypes';

/** Enough for every signature and for nearly every picture's size. */
const HEAD_BYTES = 64 * 1024;
/** Beyond this a JPEG with its size still ahead is left unmeasured. */
const LONGEST_HEAD_BYTES = 4 * 1024 * 1024;

type Content = Pick<MediaFile, 'bytes' | 'sha256' | 'size' | 'text'> & { proven?: FileType };
type ByteSource = Parameters<BinaryHelperFunctions['binaryToBuffer']>[0];

/** Per run of a node: a file that several items share is read once. */
const contentsOfRun = new WeakMap<IExecuteFunctions, Map<string, Promise<Content>>>();

/**
 * Reads a file of an item through once, without keeping it: its size, hash, type, and pixels.
 *
 * @param field the item's field, or the file itself where an expression gave it
 * @returns the file, or what is wrong with it in words
 */
export async function inspectFile(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string | IBinaryData,
): Promise<{ file: MediaFile } | { problem: string }> {
	const name = typeof field === 'string' ? field : (field.fileName ?? 'file');
	const binary = findBinary(context, itemIndex, field);
	if (binary === undefined) return { problem: describeMissing(context, itemIndex, name) };

	let content: Content;
	try {
		content = await readOnce(context, binary);
	} catch {
		throwIfCancelled(context.getExecutionCancelSignal());
		return { problem: `the file in "${name}" can no longer be read from n8n's storage` };
	}
	if (content.bytes === 0) return { problem: `the file in "${name}" is empty` };
	return { file: describe(name, binary, content) };
}

/**
 * The bytes of a file: a stream when n8n stores it, else a buffer. A stream that is not read to its end has
 * to be destroyed.
 */
export async function openFile(
	context: IExecuteFunctions,
	binary: IBinaryData,
): Promise<ByteSource> {
	if (binary.id === undefined || binary.id === '') return Buffer.from(binary.data, 'base64');
	return await context.helpers.getBinaryStream(binary.id);
}

function findBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string | IBinaryData,
): IBinaryData | undefined {
	try {
		return context.helpers.assertBinaryData(itemIndex, field);
	} catch {
		return undefined;
	}
}

function describeMissing(context: IExecuteFunctions, itemIndex: number, field: string): string {
	const fields = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	const found =
		fields.length === 0
			? 'the item holds no files'
			: `the item holds files in: ${fields.map((name) => `"${name}"`).join(', ')}`;
	return `there is no file in "${field}"; ${found}`;
}

async function readOnce(context: IExecuteFunctions, binary: IBinaryData): Promise<Content> {
	if (binary.id === undefined || binary.id === '') return await readContent(context, binary);
	const contents = contentsOfRun.get(context) ?? new Map<string, Promise<Content>>();
	contentsOfRun.set(context, contents);
	const content = contents.get(binary.id) ?? readContent(context, binary);
	contents.set(binary.id, content);
	return await content;
}

async function readContent(context: IExecuteFunctions, binary: IBinaryData): Promise<Content> {
	const source = await openFile(context, binary);
	const hash = createHash('sha256');
	if (Buffer.isBuffer(source)) {
		return judge(source, source.length, hash.update(source).digest('hex'));
	}

	let head = Buffer.alloc(0);
	let wanted = HEAD_BYTES;
	let bytes = 0;
	try {
		for await (const chunk of source) {
			throwIfCancelled(context.getExecutionCancelSignal());
			hash.update(chunk);
			bytes += chunk.length;
			if (head.length < wanted) {
				head = Buffer.concat([head, chunk]);
				wanted = Math.max(wanted, headNeededFor(head));
			}
		}
	} finally {
		source.destroy();
	}
	return judge(head, bytes, hash.digest('hex'));
}

function headNeededFor(head: Buffer): number {
	const probe = probeImageSize(head);
	const needs = probe !== undefined && 'needs' in probe ? probe.needs : 0;
	return needs <= LONGEST_HEAD_BYTES ? needs : 0;
}

function judge(head: Buffer, bytes: number, sha256: string): Content {
	const proven = sniffFileType(head);
	const text = proven === undefined ? sniffText(head) : undefined;
	return { bytes, sha256, proven, text, size: readImageSize(head) };
}

function describe(field: string, binary: IBinaryData, content: Content): MediaFile {
	const { proven, ...facts } = content;
	const declared =
		fileTypeOfMime(binary.mimeType) ??
		fileTypeOfName(binary.fileExtension) ??
		fileTypeOfName(binary.fileName);
	// MP4, WebM and Ogg hold moving pictures or sound alone, behind the same first bytes.
	const soundOnly =
		declared?.kind === 'audio' && ['mp4', 'webm', 'ogg'].includes(proven?.name ?? '');
	const type = soundOnly ? declared : (proven ?? declared);
	const extension = binary.fileExtension || extensionOf(binary.fileName);
	return {
		field,
		fileName: binary.fileName || `${field}.${type?.extensions[0] ?? 'bin'}`,
		mimeType: type?.mimeTypes[0] ?? binary.mimeType,
		kind: type?.kind ?? kindOfMime(binary.mimeType),
		uploadExtension: uploadExtensionOf(type, extension),
		binary,
		...facts,
	};
}
