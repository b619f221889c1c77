import { buildPayload } from '../../../nodes/shared/models/payload';
import { readModel } from '../../../nodes/shared/models/readModel';
import type { GmiModel } from '../../../nodes/shared/models/types';
import { fixture } from '../../support/fixtures';

function model(id: string): GmiModel {
	return readModel(id, fixture(`reconstructed/model-detail-${id}.json`));
}

export interface Input {
	prompt?: string;
	fields?: object;
	json?: object;
	media?: string[];
	expressions?: string[];
}

export function build(id: string | undefined, { prompt = 'a fox', ...input }: Input) {
	return buildPayload(id === undefined ? undefined : model(id), {
		prompt,
		fields: { ...input.fields },
		json: { ...input.json },
		mediaParameters: input.media ?? [],
		...(input.expressions ? { expressions: new Set(input.expressions) } : {}),
	});
}
