import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { GmiModel, MediaKind, ModelParameter } from '../../models/types';
import type { ImageSize } from './imageSize';
import { readAddress, type Address } from './address';
import { inspectFile } from './file';
import { formatBytes, largestFile, takesAddressesOnly } from './limits';
import { describeSizeMismatch } from './match';
import { LARGEST_DATA_URI_BYTES, routeFile } from './route';
import type { Delivery, MediaFile, MediaInput, MediaSource } from './types';

type Checked = { source: MediaSource } | { problem: string };

/** What a media input is checked against; without a model only the file itself is. */
export interface Target {
	model?: GmiModel;
	parameter?: ModelParameter;
	payload: IDataObject;
	delivery: Delivery;
}

/** Finds and checks every file and address of one media input, in order. */
export async function readSources(
	context: IExecuteFunctions,
	itemIndex: number,
	input: MediaInput,
	target: Target,
): Promise<Checked[]> {
	if (input.source === 'url') {
		const urls = Array.isArray(input.url) ? input.url : [input.url];
		return urls.map((url) => checkAddress(readAddress(String(url ?? '')), target));
	}
	const fields = readFields(context, itemIndex, input.binaryPropertyName);
	if (fields.length === 0) return [{ problem: 'the name of the field with the file is empty' }];
	const checked: Checked[] = [];
	for (const field of fields) {
		const found = await inspectFile(context, itemIndex, field);
		checked.push('problem' in found ? found : checkFile(found.file, target));
	}
	return checked;
}

/** A name that holds commas is one field when the item has it, else a list of fields. */
function readFields(
	context: IExecuteFunctions,
	itemIndex: number,
	value: MediaInput['binaryPropertyName'],
): Array<string | IBinaryData> {
	if (Array.isArray(value)) return value.filter((field) => field !== '');
	if (typeof value !== 'string') return value === undefined || value === null ? [] : [value];
	if (context.getInputData()[itemIndex]?.binary?.[value] !== undefined) return [value];
	return value
		.split(',')
		.map((field) => field.trim())
		.filter((field) => field !== '');
}

function checkFile(file: MediaFile, target: Target): Checked {
	const subject = `the file in "${file.field}"`;
	if (file.text !== undefined && file.mimeType !== 'image/svg+xml') {
		return { problem: `${subject} holds ${file.text}, no ${target.parameter?.media ?? 'media'}` };
	}
	const problem =
		describeWrongKind(subject, file.mimeType, file.kind, target) ??
		describeTooLarge(subject, file.bytes, file.kind, target) ??
		describeMismatch(`the picture in "${file.field}"`, file.size, target);
	if (problem !== undefined) return { problem };

	const addressesOnly = takesAddressesOnly(target.model, target.parameter);
	const routed = routeFile(file, target.delivery, addressesOnly);
	return 'problem' in routed ? routed : { source: { file, route: routed.route } };
}

function checkAddress(read: { address: Address } | { problem: string }, target: Target): Checked {
	if ('problem' in read) return read;
	const { url, data } = read.address;
	if (data === undefined) return { source: { url } };
	if (takesAddressesOnly(target.model, target.parameter)) {
		return { problem: 'this parameter takes no data URIs; give it a file or a web address' };
	}
	if (data.bytes > LARGEST_DATA_URI_BYTES) {
		const limit = formatBytes(LARGEST_DATA_URI_BYTES);
		return { problem: `the data URI holds ${formatBytes(data.bytes)}; up to ${limit} can be sent` };
	}
	const problem =
		describeWrongKind('the data URI', data.mimeType, data.kind, target) ??
		describeTooLarge('the data URI', data.bytes, data.kind, target) ??
		describeMismatch('the picture in the data URI', data.size, target);
	return problem === undefined ? { source: { url } } : { problem };
}

function describeWrongKind(
	subject: string,
	mimeType: string,
	kind: MediaKind | undefined,
	{ parameter }: Target,
): string | undefined {
	if (kind === undefined) {
		const wanted = parameter?.media ?? 'image, video or audio';
		return `${subject} is ${mimeType || 'of no known type'}, not ${article(wanted)} file`;
	}
	if (parameter?.media === undefined || parameter.media === kind) return undefined;
	return `${subject} is ${article(kind)} file (${mimeType}), and this parameter takes ${article(parameter.media)} file`;
}

function describeTooLarge(
	subject: string,
	bytes: number,
	kind: MediaKind | undefined,
	{ model, parameter }: Target,
): string | undefined {
	if (model === undefined || parameter === undefined) return undefined;
	const limit = largestFile(model, parameter, kind);
	if (limit === undefined || bytes <= limit) return undefined;
	return `${subject} has ${formatBytes(bytes)}, and this parameter takes up to ${formatBytes(limit)}`;
}

function describeMismatch(
	subject: string,
	size: ImageSize | undefined,
	{ model, parameter, payload }: Target,
): string | undefined {
	if (model === undefined || parameter === undefined) return undefined;
	return describeSizeMismatch(model, parameter, payload, size, subject);
}

function article(noun: string): string {
	return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
