import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { artifactsOf, isResult, readOutputs, type Output } from '../media/outputs/artifacts';
import { downloadOutput, DownloadError, type FileContext } from '../media/outputs/download';
import { kindOfMime } from '../media/fileTypes';
import { trimInlineFiles } from '../media/outputs/trim';
import { noneWhenFaulty } from '../queue/fault';
import type { GmiQueue, RequestRecord } from '../queue/types';
import { JobFailure } from './failure';
import { throwIfCancelled } from '../flow/pause';
import { Slots } from '../flow/slots';

/** Files fetched side by side: enough to fill a line, few enough to leave n8n's disk and sockets free. */
const DOWNLOADS_AT_A_TIME = 4;

/** Brings the output files of finished requests into n8n's binary store. */
export class Delivery {
	private readonly slots = new Slots(DOWNLOADS_AT_A_TIME);

	constructor(
		private readonly context: FileContext,
		private readonly queue: GmiQueue,
		/** The first file's name in the item; further ones get `_1`, `_2`, … */
		private readonly binaryName: string,
		private readonly signal: AbortSignal | undefined,
	) {}

	/**
	 * The item of a finished request, with its files.
	 *
	 * @throws JobFailure `undelivered`, when a file cannot be fetched
	 * @throws Cancelled
	 */
	async item(record: RequestRecord, itemIndex: number): Promise<INodeExecutionData> {
		const outputs = readOutputs(record);
		const binary: IBinaryKeyData = {};
		const results = outputs.filter(isResult);
		await Promise.all(
			results.map(async (output, i) => {
				const name = i === 0 ? this.binaryName : `${this.binaryName}_${i}`;
				binary[name] = await this.slots.run(async () => await this.fetch(record, output, i));
				output.mimeType = binary[name].mimeType;
				output.kind = kindOfMime(output.mimeType) ?? output.kind;
			}),
		);
		const item = itemOf(record, itemIndex, outputs);
		if (results.length > 0) item.binary = inOrder(binary, this.binaryName, results.length);
		return item;
	}

	private async fetch(record: RequestRecord, output: Output, position: number) {
		throwIfCancelled(this.signal);
		const renew = async () => {
			const fresh = await this.queue.getRequest(record.request_id).catch(noneWhenFaulty);
			return fresh && readOutputs(fresh).filter(isResult)[position];
		};
		try {
			return await downloadOutput(this.context, output, renew, this.signal);
		} catch (error) {
			throwIfCancelled(this.signal);
			throw undelivered(record, error);
		}
	}
}

/** An item of the node: GMI's own record, long inline files cut, with its artifacts. */
export function itemOf(
	record: RequestRecord,
	itemIndex: number,
	outputs: Output[] = readOutputs(record),
): INodeExecutionData {
	return { json: jsonOf(record, outputs), pairedItem: { item: itemIndex } };
}

/** GMI's own record as items carry it. */
export function jsonOf(
	record: RequestRecord,
	outputs: Output[] = readOutputs(record),
): IDataObject {
	return {
		...trimInlineFiles(record),
		artifacts: artifactsOf(outputs) as unknown as IDataObject[],
	};
}

function undelivered(record: RequestRecord, error: unknown): Error {
	if (!(error instanceof DownloadError)) return error as Error;
	const { model } = record;
	return new JobFailure({ kind: 'undelivered', model, record, reason: error.message });
}

/** Files arrive in any order; `data`, `data_1`, … keep GMI's. */
function inOrder(binary: IBinaryKeyData, name: string, count: number): IBinaryKeyData {
	const names = Array.from({ length: count }, (_, i) => (i === 0 ? name : `${name}_${i}`));
	return Object.fromEntries(names.map((key) => [key, binary[key]]));
}
