import { nearestName } from '../models/nearest';
import type { GmiModel, ModelParameter } from '../models/types';

/**
 * The model's parameter for a media input, or in words why it is none. Parameters that GMI types as plain
 * text are let through, for many of them take addresses; the model's main text is not.
 */
export function findMediaParameter(
	model: GmiModel,
	name: string,
): { parameter: ModelParameter } | { problem: string } {
	const parameter = model.parameters.find((candidate) => candidate.name === name);
	if (parameter === undefined) {
		return { problem: `${model.name} has no such parameter${suggest(model, name)}` };
	}
	const fits = ['media', 'list', 'text'].includes(parameter.kind);
	if (fits && name !== model.promptParameter) return { parameter };
	if (parameter.kind === 'object') {
		return { problem: 'this parameter takes an object; write it in the parameters as JSON' };
	}
	return { problem: `this parameter takes no files${suggest(model, name)}` };
}

function suggest(model: GmiModel, name: string): string {
	const names = model.parameters
		.filter(({ kind, media }) => kind === 'media' || media !== undefined)
		.map((parameter) => parameter.name);
	if (names.length === 0) return '; it takes no media at all';
	const nearest = nearestName(name, names);
	return nearest === undefined
		? `. Its media parameters: ${names.map((candidate) => `"${candidate}"`).join(', ')}`
		: `. Did you mean "${nearest}"?`;
}
