import fc from 'fast-check';

import { formFields } from '../../../nodes/shared/methods/formFields';
import { coerce } from '../../../nodes/shared/models/coerce';
import { checkPayload } from '../../../nodes/shared/models/check';
import { buildPayload } from '../../../nodes/shared/models/payload';
import { readModel } from '../../../nodes/shared/models/readModel';
import { estimateCost, priceLabel } from '../../../nodes/shared/models/price';
import type { ModelParameter } from '../../../nodes/shared/models/types';
import { anyFields, anyValue, detail, legalValue } from './arbitraries';
import { untouchedForm } from '../../support/untouchedForm';

const empty = { prompt: '', fields: {}, json: {}, mediaParameters: [] };

/** A whole number may have no room between its limits, such as 0.5 and 0.6. */
function hasRoom({ kind, min, max }: ModelParameter): boolean {
	return kind !== 'integer' || max === undefined || min === undefined || Math.ceil(min) <= max;
}

test('nothing makes the reader, the form, the check or the price fail', () => {
	fc.assert(
		fc.property(detail, anyFields, anyFields, fc.string(), (schema, fields, json, prompt) => {
			const model = readModel('m', schema);
			const names = model.parameters.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
			formFields(model);
			priceLabel(model);
			const { payload, problems } = buildPayload(model, {
				prompt,
				fields,
				json: json as never,
				mediaParameters: Object.keys(fields),
			});
			estimateCost(model, payload);
			for (const problem of problems) expect(problem).toMatch(/\.$/);
		}),
		{ numRuns: 400 },
	);
});

test('no key is sent that was not set', () => {
	fc.assert(
		fc.property(detail, anyFields, anyFields, (schema, fields, json) => {
			const model = readModel('m', schema);
			const { payload } = buildPayload(model, { ...empty, fields, json: json as never });
			const set = new Set([...Object.keys(fields), ...Object.keys(json)]);
			for (const key of Object.keys(payload)) expect(set).toContain(key);
			for (const [key, value] of Object.entries(fields)) {
				const isBlank = value === null || value === '';
				if (isBlank && !Object.keys(json).includes(key))
					expect(Object.keys(payload)).not.toContain(key);
			}
		}),
		{ numRuns: 400 },
	);
});

test('a form that was only opened sends at most what the model insists on', () => {
	fc.assert(
		fc.property(detail, (schema) => {
			const model = readModel('m', schema);
			const fields = untouchedForm(formFields(model));
			const { payload } = buildPayload(model, { ...empty, fields });
			const required = model.parameters.filter((each) => each.required).map(({ name }) => name);
			for (const key of Object.keys(payload)) expect(required).toContain(key);
		}),
		{ numRuns: 400 },
	);
});

test('a field that was set is sent, in a form that passes the check', () => {
	fc.assert(
		fc.property(detail, fc.infiniteStream(fc.boolean()), (schema, coins) => {
			const model = readModel('m', schema);
			const set = model.parameters.filter(
				(each) => hasRoom(each) && (each.required || coins.next().value),
			);
			const fields = Object.fromEntries(set.map((each) => [each.name, legalValue(each)]));
			const { payload, problems } = buildPayload(model, { ...empty, fields });
			expect(Object.keys(payload).sort()).toEqual(set.map(({ name }) => name).sort());
			expect(problems.filter((problem) => !/characters|values|is required/.test(problem))).toEqual(
				[],
			);
			expect(buildPayload(model, { ...empty, json: payload }).payload).toEqual(payload);
			expect(checkPayload(model, payload)).toEqual(problems);
		}),
		{ numRuns: 400 },
	);
});

test('a value that was brought into shape stays as it is', () => {
	fc.assert(
		fc.property(detail, anyValue, (schema, value) => {
			for (const parameter of readModel('m', schema).parameters) {
				const once = coerce(parameter, value);
				if (once) expect(coerce(parameter, once.value)).toEqual(once);
			}
		}),
		{ numRuns: 400 },
	);
});
