import type { Model, Parameter } from '../catalogue/types.mjs';

const filled = (value: unknown) => value !== undefined && value !== null && value !== '';

/** The first way in which a payload breaks the model's parameter list. Unknown names pass, as at GMI. */
export function badInput(model: Model, payload: Record<string, unknown>): string | undefined {
	const { parameters } = model.detail;
	if (!Array.isArray(parameters)) return undefined;
	for (const parameter of parameters as Parameter[]) {
		const { name, required, options, min_value: low, max_value: high } = parameter;
		const value = payload[name];
		if (required === true && !filled(value)) return `${name} is required`;
		if (!filled(value)) continue;
		if (Array.isArray(options) && !options.some((option) => String(option) === String(value))) {
			return `${name} must be one of ${options.join(', ')}`;
		}
		const number = Number(value);
		if (typeof low === 'number' && number < low) return `${name} must be at least ${low}`;
		if (typeof high === 'number' && number > high) return `${name} must be at most ${high}`;
	}
	return undefined;
}
