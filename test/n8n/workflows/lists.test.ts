import { client, credential, keyRefused, sandbox } from '../../support/n8n';

beforeEach(() => sandbox.sandbox.reset());

describe('the credential test', () => {
	it('passes with a good key', async () => {
		expect(await client.testCredential(await credential())).toMatchObject({ status: 'OK' });
	});

	it('says in words that a key is refused', async () => {
		const result = await client.testCredential(
			await credential({ apiKey: 'not-a-key-anybody-has' }),
		);

		expect(result.status).toBe('Error');
		expect(result.message).toMatch(keyRefused);
	});

	it('fails when nobody answers at the address', async () => {
		const result = await client.testCredential(await credential({ baseUrl: 'http://127.0.0.1:9' }));

		expect(result.status).toBe('Error');
		expect(result.message).not.toBe('');
	});
});

async function nodeInEditor(parameterName: string, methodName: string) {
	const { id, name } = await credential();
	return {
		type: 'n8n-nodes-gmicloud.gmiVideo',
		parameters: {
			resource: 'video',
			operation: 'generate',
			model: { __rl: true, mode: 'list', value: 'seedance-2-0-fast-260128' },
		},
		credentials: { gmiCloudApi: { id, name } },
		parameterName,
		methodName,
	};
}

describe('the list of models', () => {
	async function models(filter?: string) {
		const node = await nodeInEditor('model', 'searchModels');
		const { results } = await client.resourceLocatorResults(node, filter);
		return results.map(({ value }: { value: string }) => value) as string[];
	}

	it('is the live catalogue', async () => {
		expect(await models()).toEqual(expect.arrayContaining(['sora-2-pro', 'Veo3']));
	});

	it('is narrowed by what is typed', async () => {
		const found = await models('kling');

		expect(found.length).toBeGreaterThan(0);
		for (const id of found) expect(id.toLowerCase()).toContain('kling');
	});
});

describe('the form of a model', () => {
	it('has the fields the model takes', async () => {
		const node = await nodeInEditor('parameters', 'getParameters');
		const { fields } = await client.resourceMapperFields(node);

		expect(fields).toContainEqual(expect.objectContaining({ id: 'duration', type: 'string' }));
		expect(fields).toContainEqual(expect.objectContaining({ id: 'resolution', type: 'options' }));
	});

	it('offers the media the model takes', async () => {
		const node = await nodeInEditor('mediaInputs.input[0].parameter', 'getMediaParameters');

		expect(await client.options(node)).toContainEqual(
			expect.objectContaining({ value: 'first_frame' }),
		);
	});
});
