import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { planMedia, type Delivery, type MediaInput } from '../../../nodes/shared/media/inputs/plan';
import { readModel } from '../../../nodes/shared/models/readModel';
import { fixture } from '../../support/fixtures';
import { runInEngine } from './runInEngine';

function modelOf(id: string) {
	return readModel(id, fixture(`reconstructed/model-detail-${id}.json`));
}

export function file(content: Buffer, mimeType: string, fileName?: string) {
	return { data: content.toString('base64'), mimeType, fileName };
}

export interface Case {
	model?: string;
	inputs: MediaInput[];
	binary?: INodeExecutionData['binary'];
	payload?: IDataObject;
	delivery?: Delivery;
	unchecked?: boolean;
}

export async function plan({
	model,
	inputs,
	binary,
	payload = {},
	delivery = 'auto',
	unchecked,
}: Case) {
	let planned: Awaited<ReturnType<typeof planMedia>> | undefined;
	const schema = model === undefined ? undefined : modelOf(model);
	async function execute(this: IExecuteFunctions) {
		planned = await planMedia(this, 0, schema, inputs, payload, delivery, unchecked);
		return [];
	}
	const { error } = await runInEngine(execute, { input: [{ json: {}, binary }] });
	if (planned === undefined) throw error ?? new Error('no plan was made');
	return planned;
}

export function input(parameter: string, binaryPropertyName = 'data'): MediaInput {
	return { parameter, source: 'binary', binaryPropertyName };
}

export function address(parameter: string, url: string | string[]): MediaInput {
	return { parameter, source: 'url', url };
}

export async function problemsOf(testCase: Case) {
	return (await plan(testCase)).problems;
}
