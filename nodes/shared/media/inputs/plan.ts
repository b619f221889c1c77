import { createHash } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { GmiModel, ModelParameter } from '../../models/types';
import { readSources, type Target } from './source';
import type { Delivery, MediaInput, MediaPlan, MediaSource } from './types';

export type { Delivery, MediaInput, MediaPlan } from './types';

/** The rows of the node's Media Inputs for one item, expressions resolved. */
export function readMediaInputs(context: IExecuteFunctions, itemIndex: number): MediaInput[] {
	return context.getNodeParameter('mediaInputs.input', itemIndex, []) as MediaInput[];
}

/**
 * Works out what the media inputs of one item come to and checks the files and addresses themselves, without
 * sending anything: that each is there, can be read, is of the right kind, size and number, and can be
 * delivered. Whether the parameters exist, take files and are set once is `checkPayload`'s to say, given
 * `plan.parameters` or the parameters of the rows.
 *
 * Each file is read through once; files that n8n stores are streamed.
 *
 * @param model undefined when nothing is known of the model
 * @param payload what the item's other fields come to; only read
 * @param unchecked whether the schema only tells which parameters take lists, and forbids nothing
 * @returns the plan for `deliverMedia`, and what is wrong in complete sentences, none when all is well
 * @throws Cancelled when the execution is cancelled meanwhile
 */
export async function planMedia(
	context: IExecuteFunctions,
	itemIndex: number,
	model: GmiModel | undefined,
	inputs: MediaInput[],
	payload: IDataObject,
	delivery: Delivery,
	unchecked = false,
): Promise<{ plan: MediaPlan; problems: string[] }> {
	const checked = unchecked ? undefined : model;
	const problems: string[] = [];
	const parts: MediaPlan['parts'] = [];

	for (const [name, rows] of groupByParameter(inputs)) {
		const complain = (text: string) => problems.push(`Media input "${name}": ${text}.`);
		const parameter = model?.parameters.find((candidate) => candidate.name === name);
		if (name === '') problems.push('A media input names no parameter.');
		if (name === '' || (checked !== undefined && !takesFiles(parameter))) continue;

		const target: Target = { model: checked, parameter: checked && parameter, payload, delivery };
		const sources: MediaSource[] = [];
		for (const row of rows) {
			for (const read of await readSources(context, itemIndex, row, target)) {
				if ('problem' in read) complain(read.problem);
				else sources.push(read.source);
			}
		}
		const most = mostFiles(target.parameter);
		if (sources.length > most && rows.length <= most) {
			complain(
				`it takes ${most === 1 ? 'one file' : `${most} files`}, but ${sources.length} are given`,
			);
		}
		parts.push({
			parameter: name,
			list: parameter?.kind === 'list' || sources.length > 1,
			sources,
		});
	}
	return {
		plan: { parameters: parts.flatMap(nameEach), identity: identify(parts), parts },
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

/** GMI types many parameters that take addresses as plain text. */
function takesFiles(parameter: ModelParameter | undefined): boolean {
	return parameter !== undefined && ['media', 'list', 'text'].includes(parameter.kind);
}

/** Without a schema there is no limit. */
function mostFiles(parameter: ModelParameter | undefined): number {
	if (parameter === undefined) return Infinity;
	return parameter.kind === 'list' ? (parameter.maxItems ?? Infinity) : 1;
}

/** Once for each file, and once where every file had something wrong. */
function nameEach({ parameter, sources }: MediaPlan['parts'][number]): string[] {
	return Array.from({ length: Math.max(1, sources.length) }, () => parameter);
}

function identify(parts: MediaPlan['parts']): string {
	if (parts.length === 0) return '';
	const contents = parts.map(({ parameter, sources }) => [
		parameter,
		sources.map((source) => ('url' in source ? source.url : source.file.sha256)),
	]);
	return createHash('sha256').update(JSON.stringify(contents)).digest('hex');
}
