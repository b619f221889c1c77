import { client, credential, ownNode, run, sandbox } from '../../support/n8n';
import { probe } from '../../support/videos';

const MODEL = 'seedance-2-0-fast-260128';

function generate(parameters = {}, settings = {}) {
	return ownNode(
		'gmiVideo',
		{
			resource: 'video',
			operation: 'generate',
			model: { __rl: true, mode: 'id', value: MODEL },
			prompt: '={{ $json.prompt }}',
			parameterMode: 'json',
			parametersJson: '{ "duration": 4, "resolution": "480p" }',
			...parameters,
		},
		settings,
	);
}

const prompts = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ prompt: `A kite, take ${index + 1}` }));

/** Bodies of the submits as they came over the wire. */
const submits = () => sandbox.sandbox.log.find({ endpoint: 'submit' });

beforeEach(() => sandbox.sandbox.reset());

describe('generate in n8n', () => {
	it.each([1, 3, 20])(
		'submits each of %i prompts once and returns an MP4 file for each',
		async (count) => {
			const { status, items } = await run(await generate(), prompts(count));

			expect(status).toBe(200);
			expect(items).toHaveLength(count);
			expect(submits()).toHaveLength(count);
			for (const [index, item] of items.entries()) {
				expect(item.pairedItem).toEqual({ item: index });
				const video = await client.downloadBinary(item.binary!.data);
				expect(await probe(video)).toMatchObject({
					codec: 'h264',
					width: 854,
					height: 480,
					seconds: 4,
				});
			}
		},
	);

	it('sends what the user set and nothing else', async () => {
		await run(await generate(), prompts(1));

		expect(submits().map(({ body }: { body: unknown }) => body)).toEqual([
			{ model: MODEL, payload: { prompt: 'A kite, take 1', duration: 4, resolution: '480p' } },
		]);
	});

	it('sends the fields of the form as the model wants them', async () => {
		const node = await generate({
			parameterMode: 'fields',
			parametersJson: '{}',
			parameters: {
				mappingMode: 'defineBelow',
				value: { duration: '={{ $json.prompt.length }}', resolution: '480p', seed: null },
				matchingColumns: [],
				schema: ['duration', 'resolution', 'seed'].map((id) => ({
					id,
					displayName: id,
					type: id === 'resolution' ? 'options' : 'number',
					options: [{ name: '480p', value: '480p' }],
					required: false,
					display: true,
					defaultMatch: false,
				})),
			},
		});
		await run(node, [{ prompt: 'A kite' }]);

		expect(submits()[0].body.payload).toEqual({
			prompt: 'A kite',
			duration: 6,
			resolution: '480p',
		});
	});

	it('fails with the reason and the request id when a job fails', async () => {
		sandbox.sandbox.plans.add({ ends: 'failed', reason: 'The prompt names a celebrity' });
		const { status, execution, error } = await run(await generate(), prompts(1));
		const [{ id }] = sandbox.sandbox.queue.jobs;

		expect(status).toBe(500);
		expect(execution.status).toBe('error');
		const words = `${error.message} ${error.description}`;
		expect(words).toContain('The prompt names a celebrity');
		expect(words).toContain(id);
	});

	it('puts the error into the item when told to continue on failure', async () => {
		sandbox.sandbox.plans.add({ payload: 'take 2', ends: 'failed', reason: 'Too many kites' });
		const node = await generate({}, { onError: 'continueRegularOutput' });
		const { execution, items } = await run(node, prompts(3));

		expect(execution.status).toBe('success');
		expect(items).toHaveLength(3);
		expect(items[1].json.error).toContain('Too many kites');
		expect(items[1].json.request_id).toEqual(expect.any(String));
		expect(items.map(({ binary }) => binary !== undefined)).toEqual([true, false, true]);
		expect(submits()).toHaveLength(3);
	});

	it('sends failed items to the error output', async () => {
		sandbox.sandbox.plans.add({ payload: 'take 2', ends: 'failed' });
		const node = await generate({}, { onError: 'continueErrorOutput' });
		const { outputs } = await run(node, prompts(3));

		expect(outputs.map(({ length }) => length)).toEqual([2, 1]);
	});

	it('says that the key is refused, and makes no request', async () => {
		const refused = await credential({ apiKey: 'not-a-key-anybody-has' });
		const node = await generate();
		node.credentials.gmiCloudApi = { id: refused.id, name: refused.name };
		const { execution, error } = await run(node, prompts(2));

		expect(execution.status).toBe('error');
		expect(`${error.message} ${error.description}`).toMatch(/key/i);
		expect(JSON.stringify(execution)).not.toContain('not-a-key-anybody-has');
		expect(sandbox.sandbox.counters.view().accepted).toBe(0);
	});
});
