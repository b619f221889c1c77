import { client, credential, sandbox } from '../support/n8n';

const TYPE = 'n8n-nodes-gmicloud.gmiVideo';

beforeEach(() => sandbox.sandbox.reset());

describe('the credential test', () => {
	it('passes with a good key', async () => {
		expect(await client.testCredential(await credential())).toMatchObject({ status: 'OK' });
	});

	it('says in words that a key is refused', async () => {
		const result = await client.testCredential(await credential({ apiKey: 'wrong' }));

		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/refused this API key/);
	});

	it('fails when nobody answers at the address', async () => {
		const result = await client.testCredential(await credential({ baseUrl: 'http://127.0.0.1:9' }));

		expect(result.status).toBe('Error');
		expect(result.message).not.toBe('');
	});
});

describe('the list of models', () => {
	async function models(filter?: string) {
		const { id, name } = await credential();
		const node = {
			type: TYPE,
			parameters: {},
			credentials: { gmiCloudApi: { id, name } },
			parameterName: 'model',
			methodName: 'getModels',
		};
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
