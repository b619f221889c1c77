import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { artifactsOf, isResult, readOutputs } from '../media/outputs/artifacts';
import { phaseOf } from '../queue/records';
import type { RequestRecord } from '../queue/types';

/** Whether an AI agent is calling: binary data does not reach it, and long answers harm it. */
export function isTool(context: IExecuteFunctions): boolean {
	const { isToolExecution } = context as { isToolExecution?: () => boolean };
	// An agent runs tools either as sub-nodes or, in newer n8n, as nodes of the type's Tool variant.
	return isToolExecution?.call(context) === true || context.getNode().type.endsWith('Tool');
}

/** A request in the few fields an agent needs, with the next step in words. */
export function toolItem(record: RequestRecord, itemIndex: number): INodeExecutionData {
	const outputs = artifactsOf(readOutputs(record)).filter(isResult);
	const files = outputs.map(({ kind, url }) => ({ kind, url }));
	const json: IDataObject = {
		request_id: record.request_id,
		model: record.model,
		status: record.status,
		...(files.length > 0 ? { files } : {}),
		next_step: nextStep(record, files.length),
	};
	return { json, pairedItem: { item: itemIndex } };
}

function nextStep(record: RequestRecord, files: number): string {
	switch (phaseOf(record)) {
		case 'open':
			return `Still ${record.status}. It goes on by itself: ask for this request_id again in a minute, with GMI Video Status or the operation Get. Do not generate it again.`;
		case 'success':
			return files > 0
				? 'Done. Give the file URL to the user or to the next tool.'
				: 'Done. This model gives no file; fetch the request with the operation Get for its data.';
		default:
			return 'Ended without a result. Change the input before you try again.';
	}
}
