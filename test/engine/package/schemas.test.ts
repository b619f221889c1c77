import Ajv from 'ajv';
import { loadOutputSchema } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { GmiVideo } from '../../../nodes/GmiVideo/GmiVideo.node';
import { GmiVideoStatus } from '../../../nodes/GmiVideoStatus/GmiVideoStatus.node';
import { nodesFolder } from '../../support/builtPackage';
import { runNode } from '../../support/engine';
import { fixture } from '../../support/fixtures';
import { generate, MODEL, prompts, runGmiVideo } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { png } from '../../support/mediaFiles';
import { TriggerBed } from '../trigger/triggerBed';

interface Schema {
	properties?: Record<string, Schema>;
	items?: Schema;
	additionalProperties?: boolean;
}

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ defaultSeconds: 1, durationMs: 0 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

/** A model with a parameter that takes so many values and no more. */
const LISTS = 'seedream-5.0-lite';
const chosen = { __rl: true, mode: 'id', value: MODEL };
const jsonOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json);

async function run(parameters: INodeParameters, input: IDataObject[] = [{}, {}, {}]) {
	const { items, error } = await runGmiVideo(sandbox, {
		input: input.map((json) => ({ json })),
		parameters,
	});
	expect(error).toBeUndefined();
	return jsonOf(items);
}

async function madeRequests(ends: Array<'success' | 'failed' | undefined>): Promise<IDataObject[]> {
	await sandbox.configure({ durationMs: null });
	const { items } = await generate(sandbox, prompts(ends.length), {
		parameters: { waitForCompletion: false },
	});
	for (const [i, status] of ends.entries()) {
		if (status) await sandbox.finish(String(items[i].json.request_id), { status });
	}
	return jsonOf(items);
}

const done = async () => await madeRequests(['success', 'success', 'success']);

/** Real outputs of every operation, by node, resource and operation. */
const outputs: Array<[string, () => Promise<IDataObject[]>]> = [
	[
		'GmiVideo/video/generate',
		async () => jsonOf((await generate(sandbox, prompts(3))).items).concat(await done()),
	],
	['GmiVideo/video/get', async () => await run({ operation: 'get' }, await done())],
	[
		'GmiVideo/video/getAll',
		async () => {
			await done();
			return await run({ operation: 'getAll', model: chosen, returnAll: true }, [{}]);
		},
	],
	['GmiVideo/video/wait', async () => await run({ operation: 'wait' }, await done())],
	['GmiVideo/video/download', async () => await run({ operation: 'download' }, await done())],
	[
		'GmiVideo/model/get',
		async () => {
			const models = ['wan2.7-i2v', 'sora-2-pro', 'wan2.7-r2v', 'Veo3', LISTS];
			const detail = fixture(`reconstructed/model-detail-${LISTS}.json`);
			await sandbox.configure({ models: { [LISTS]: detail } });
			const all = models.map(
				async (value) =>
					await run({ resource: 'model', operation: 'get', model: { ...chosen, value } }, [{}]),
			);
			return (await Promise.all(all)).flat();
		},
	],
	['GmiVideo/model/getAll', async () => await run({ resource: 'model', operation: 'getAll' })],
	[
		'GmiVideo/file/upload',
		async () => {
			const data = { data: png(8, 8).toString('base64'), mimeType: 'image/png', fileName: 'a.png' };
			const { items } = await runGmiVideo(sandbox, {
				input: [1, 2, 3].map(() => ({ json: {}, binary: { data } })),
				parameters: { resource: 'file', operation: 'upload' },
			});
			return jsonOf(items);
		},
	],
	[
		'GmiVideoStatus',
		async () => {
			const made = await madeRequests(['success', 'failed', undefined]);
			const { outputs: sorted } = await runNode({
				node: new GmiVideoStatus(),
				credential: { apiKey: sandbox.key, baseUrl: sandbox.url, organizationId: '' },
				input: made.map((json) => ({ json })),
			});
			expect(sorted.map(({ length }) => length)).toEqual([1, 1, 1]);
			return jsonOf(sorted.flat());
		},
	],
	[
		'GmiVideoTrigger',
		async () => {
			const bed = new TriggerBed(
				sandbox,
				{ events: ['success', 'failed'], downloadOutput: true },
				undefined,
				2_000,
			);
			await bed.poll();
			await madeRequests(['success', 'failed', 'success']);
			await sandbox.inject({ name: 'missing-artifact', endpoint: 'artifact', times: 'forever' });
			const items: IDataObject[] = [];
			for (let poll = 0; poll < 6; poll++) items.push(...jsonOf(await bed.poll()));
			return items;
		},
	],
];

it('is there for every operation', () => {
	const operations = new GmiVideo().description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) =>
			options.map((one) => [displayOptions?.show?.resource?.[0], 'value' in one && one.value]),
		);
	const names = operations.map(([resource, value]) => `GmiVideo/${resource}/${value}`);
	expect(outputs.map(([name]) => name).sort()).toEqual(
		[...names, 'GmiVideoStatus', 'GmiVideoTrigger'].sort(),
	);
});

describe('the output schema n8n finds', () => {
	it.each(outputs)(
		'for %s tells of every field of real outputs, and of no other',
		async (name, produce) => {
			const [node, resource, operation] = name.split('/');
			const schema = loadOutputSchema({
				nodeDir: `${nodesFolder}/${node}`,
				version: 1,
				resource,
				operation,
			}) as Schema;
			expect(schema).toMatchObject({ type: 'object', version: 1 });

			const items = (await produce()).map((json) => withoutNulls(json) as IDataObject);
			expect(items.length).toBeGreaterThanOrEqual(3);
			const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, keywords: ['version'] });
			const validate = ajv.compile(closed(schema));
			for (const json of items) {
				validate(json);
				expect({ json, errors: validate.errors }).toEqual({ json, errors: null });
			}
			const seen = new Set(fieldsOf(items));
			expect(namesIn(schema).filter((field) => !seen.has(field))).toEqual([]);
		},
		90_000,
	);
});

/** The schema with every field it does not name forbidden, but where it says that there may be others. */
function closed(schema: Schema): Schema {
	const { properties, items } = schema;
	return {
		...(properties ? { additionalProperties: false } : {}),
		...schema,
		...(properties ? { properties: mapValues(properties, closed) } : {}),
		...(items ? { items: closed(items) } : {}),
	};
}

/** Names of fields as paths, without those of objects that hold what the model wants. */
function namesIn({ properties = {}, items }: Schema, path = ''): string[] {
	if (items) return namesIn(items, path);
	return Object.entries(properties).flatMap(([name, field]) => [
		`${path}${name}`,
		...(field.additionalProperties ? [] : namesIn(field, `${path}${name}.`)),
	]);
}

function fieldsOf(value: unknown, path = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((each) => fieldsOf(each, path));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, field]) => [
		`${path}${name}`,
		...fieldsOf(field, `${path}${name}.`),
	]);
}

/** What is null is not there yet; the editor shows no fields of what may be null. */
function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (typeof value !== 'object' || value === null) return value;
	const given = Object.entries(value).filter(([, field]) => field !== null);
	return Object.fromEntries(given.map(([name, field]) => [name, withoutNulls(field)]));
}

function mapValues<T>(fields: Record<string, T>, change: (value: T) => T): Record<string, T> {
	return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
}
