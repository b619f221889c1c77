import type { ResourceMapperField } from 'n8n-workflow';

/**
 * The values n8n's editor stores for a form that was only opened: defaults where a field has one, false
 * for other switches, and nothing for the rest.
 */
export function untouchedForm(fields: ResourceMapperField[]): Record<string, unknown> {
	return Object.fromEntries(
		fields.flatMap(({ id, type, defaultValue }): Array<[string, unknown]> => {
			if (defaultValue !== undefined) return [[id, defaultValue]];
			return type === 'boolean' ? [[id, false]] : [];
		}),
	);
}
