import type { Failure } from './job.mjs';

const said = 'The prompt was refused by the content filter';

/** Every place where a reason has been seen, or has been guarded against, by its name. */
const shapes: Record<string, (text: string) => Failure> = {
	string: (text) => ({ outcome: { error: text } }),
	object: (text) => ({
		outcome: { error: { code: 400, message: text, status: 'INVALID_INPUT' } },
	}),
	'outcome-message': (text) => ({ outcome: { message: text } }),
	'outcome-reason': (text) => ({ outcome: { reason: text } }),
	'outcome-status': (text) => ({ outcome: { status: text } }),
	'top-error': (text) => ({ outcome: null, fields: { error: text } }),
	'top-error-message': (text) => ({ outcome: null, fields: { error_message: text } }),
	'top-reason': (text) => ({ outcome: null, fields: { reason: text } }),
	'top-message': (text) => ({ outcome: null, fields: { message: text } }),
	none: () => ({ outcome: null }),
	'empty-outcome': () => ({ outcome: {} }),
};

const usualText: Record<string, string> = { 'outcome-status': 'lyrics_invalid' };

export const failureShapes = Object.keys(shapes);

/** @throws Error when there is no such shape. */
export function failure(shape: string, text?: string): Failure {
	const build = shapes[shape];
	if (!build) throw new Error(`Unknown failure shape: ${shape} (have ${failureShapes.join(', ')})`);
	return build(text ?? usualText[shape] ?? said);
}
