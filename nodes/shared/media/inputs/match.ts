import type { IDataObject } from 'n8n-workflow';

import type { GmiModel, ModelParameter } from '../../models/types';
import type { ImageSize } from './imageSize';

const PIXELS = /^(\d+)\s*[x×*]\s*(\d+)$/i;

/**
 * Some models refuse a reference picture whose pixels differ from the size of the video, after the request
 * has been accepted: sora-2-pro does, and says so in the parameter's description ("Must match the target
 * size"). The words for a picture that does not match, naming the sizes that do; undefined when it matches
 * or nothing is known.
 *
 * @param subject what the picture is called in the words, e.g. `the picture in "data"`
 */
export function describeSizeMismatch(
	model: GmiModel,
	parameter: ModelParameter,
	payload: IDataObject,
	picture: ImageSize | undefined,
	subject: string,
): string | undefined {
	const size = model.parameters.find(({ name }) => name === 'size');
	if (picture === undefined || size === undefined || !mustMatch(model, parameter)) return undefined;

	const chosen = isSet(payload.size) ? payload.size : size.defaultValue;
	const wanted = readPixels(chosen);
	if (wanted === undefined || matches(picture, wanted)) return undefined;

	const choices = (size.choices ?? []).filter((choice) => readPixels(choice) !== undefined);
	const fitting = choices.filter((choice) => matches(picture, readPixels(choice)));
	const advice =
		fitting.length > 0
			? `Set "size" to "${fitting.join('" or "')}", or resize the picture to ${String(chosen)}`
			: `Resize the picture to ${String(chosen)}${orOther(choices, chosen)}`;
	const origin = isSet(payload.size) ? '' : ' (the default)';
	return `${subject} is ${picture.width}x${picture.height}, and this model takes only pictures of exactly the video's size, ${String(chosen)}${origin}. ${advice}`;
}

function mustMatch(model: GmiModel, parameter: ModelParameter): boolean {
	const stated = /\bmatch(?:es)?\b.*\b(?:size|resolution|dimensions)\b/i.test(
		parameter.description,
	);
	return stated || (/^sora-2/i.test(model.name) && parameter.name === 'input_reference');
}

function orOther(choices: unknown[], chosen: unknown): string {
	const others = choices.filter((choice) => choice !== chosen);
	return others.length === 0 ? '' : `, or set "size" and resize to one of: ${others.join(', ')}`;
}

function isSet(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function readPixels(value: unknown): { width: number; height: number } | undefined {
	const match = typeof value === 'string' ? PIXELS.exec(value.trim()) : null;
	return match === null ? undefined : { width: Number(match[1]), height: Number(match[2]) };
}

function matches(
	a: { width: number; height: number },
	b: { width: number; height: number } | undefined,
): boolean {
	return a.width === b?.width && a.height === b.height;
}
