import { createHash } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { GmiModel, ModelParameter } from '../models/types';
import { findMediaParameter } from './inputParameter';
import { readSources, type Target } from './inputSource';
import type { Delivery, MediaInput, MediaPlan, MediaSource } from './inputTypes';

export type { Delivery, MediaInput, MediaPlan } from './inputTypes';

/** The rows of the node's Media Inputs for one item, expressions resolved. */
export function readMediaInputs(context: IExecuteFunctions, itemIndex: number): MediaInput[] {
	return context.getNodeParameter('mediaInputs.input', itemIndex, []) as MediaInput[];
}

/**
 * Works out what the media inputs of one item come to and checks all of it, without sending anything: that
 * every file is there, can be read, is of the right kind and size, and can be delivered; that every parameter
 * exists, takes files, and is set once.
 *
 * Each file is read through once; files that n8n stores are streamed.
 *
 * @param model undefined when the model's parameters are not to be checked
 * @param payload what the item's other fields come to; only read
 * @returns the plan for `deliverMedia`, and what is wrong, one sentence for each, empty when all is well
 * @throws Cancelled when the execution is cancelled meanwhile
 */
export async function planMedia(
	context: IExecuteFunctions,
	itemIndex: number,
	model: GmiModel | undefined,
	inputs: MediaInput[],
	payload: IDataObject,
	delivery: Delivery,
): Promise<{ plan: MediaPlan; problems: string[] }> {
	const problems: string[] = [];
	const parts: MediaPlan['parts'] = [];

	for (const [name, rows] of groupByParameter(inputs)) {
		const complain = (text: string) => problems.push(`Media input "${name}": ${text}`);
		if (name === '') {
			problems.push('A media input names no parameter');
			continue;
		}
		const found = model && findMediaParameter(model, name);
		if (found !== undefined && 'problem' in found) {
			complain(found.problem);
			continue;
		}
		if (isFilled(payload, name)) {
			complain('the parameters set it too; leave it out of one of the two');
		}

		const target: Target = { model, parameter: found?.parameter, payload, delivery };
		const sources: MediaSource[] = [];
		for (const row of rows) {
			for (const checked of await readSources(context, itemIndex, row, target)) {
				if ('problem' in checked) complain(checked.problem);
				else sources.push(checked.source);
			}
		}
		const most = mostFiles(found?.parameter);
		if (sources.length > most) {
			const files = most === 1 ? 'one file' : `up to ${most} files`;
			complain(`this parameter takes ${files}, and it is given ${sources.length}`);
		}
		parts.push({ parameter: name, list: isList(found?.parameter, sources), sources });
	}
	return {
		plan: { parameters: parts.map(({ parameter }) => parameter), identity: identify(parts), parts },
		problems,
	};
}

function groupByParameter(inputs: MediaInput[]): Map<string, MediaInput[]> {
	const groups = new Map<string, MediaInput[]>();
	for (const input of inputs) {
		const name = String(input.parameter ?? '');
		groups.set(name, [...(groups.get(name) ?? []), input]);
	}
	return groups;
}

/** Without a schema there is no limit. */
function mostFiles(parameter: ModelParameter | undefined): number {
	if (parameter === undefined) return Infinity;
	return parameter.kind === 'list' ? (parameter.maxItems ?? Infinity) : 1;
}

/** Without a schema, several files can only be meant as a list. */
function isList(parameter: ModelParameter | undefined, sources: MediaSource[]): boolean {
	return parameter === undefined ? sources.length > 1 : parameter.kind === 'list';
}

function isFilled(payload: IDataObject, name: string): boolean {
	if (!Object.prototype.hasOwnProperty.call(payload, name)) return false;
	const value = payload[name];
	if (Array.isArray(value)) return value.length > 0;
	return value !== undefined && value !== null && value !== '';
}

function identify(parts: MediaPlan['parts']): string {
	if (parts.length === 0) return '';
	const contents = parts.map(({ parameter, sources }) => [
		parameter,
		sources.map((source) => ('url' in source ? source.url : source.file.sha256)),
	]);
	return createHash('sha256').update(JSON.stringify(contents)).digest('hex');
}
