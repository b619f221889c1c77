import { generate, prompts, runGmiVideo } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 200 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

const QUICK = { options: { pollInterval: 0.2 } };

describe('the key', () => {
	it('goes to GMI and to no other origin', async () => {
		await generate(sandbox, prompts(3), { parameters: QUICK });
		const log = await sandbox.log();
		const storage = log.filter(({ server }) => server === 'storage');
		const api = log.filter(({ server }) => server === 'api');
		expect(storage.length).toBeGreaterThanOrEqual(3);
		expect(storage.every(({ authorized }) => !authorized)).toBe(true);
		expect(api.every(({ authorized }) => authorized)).toBe(true);
	});

	it.each(['model', 'submit', 'get', 'list'] as const)(
		'does not follow a redirect (%s)',
		async (endpoint) => {
			const target = await startSandbox();
			try {
				await sandbox.inject({
					name: 'redirect',
					location: `${target.url}/elsewhere`,
					times: 'forever',
					endpoint,
				});
				const { error } = await generate(sandbox, prompts(endpoint === 'get' ? 1 : 3), {
					parameters: { ...QUICK, model: { __rl: true, mode: 'id', value: 'Luma-Ray2' } },
				});
				// A list that cannot be had is done without: each request is asked for by its id.
				if (endpoint === 'list') expect(error).toBeUndefined();
				else expect(error?.message).toMatch(/redirect/);
				expect(await target.log()).toEqual([]);
			} finally {
				await target.stop();
			}
		},
	);

	it('shows in no error, even when GMI repeats it', async () => {
		const text = `token ${sandbox.key} is not valid`;
		await sandbox.inject({ name: 'unauthorized-401', endpoint: 'submit', text, times: 'forever' });
		const run = await generate(sandbox, prompts(3), { parameters: QUICK });
		expect(run.error?.message).toMatch(/refused the API key: token … is not valid/);
		expect(JSON.stringify(run.run.data)).not.toContain(sandbox.key);
	});

	it('shows in no error, even in part, when the words around it are cut', async () => {
		const text = `${'long '.repeat(110)}${sandbox.key} is not valid`;
		await sandbox.inject({ name: 'rejected-400', endpoint: 'submit', text, times: 'forever' });
		const { error, run } = await generate(sandbox, prompts(3), { parameters: QUICK });
		expect(error?.message).toMatch(/long …/);
		expect(JSON.stringify(run.data)).not.toContain(sandbox.key.slice(0, 20));
	});

	it('shows in no output of a service that repeats what it is sent', async () => {
		const body = {
			model: 'm',
			parameters: [],
			headers: { authorization: `Bearer ${sandbox.key}` },
		};
		await sandbox.inject({ name: 'json-null', endpoint: 'model', times: 'forever', body });
		const { items } = await runGmiVideo(sandbox, {
			parameters: {
				resource: 'model',
				operation: 'get',
				model: { __rl: true, mode: 'id', value: 'm' },
				simplify: false,
			},
		});
		expect(items[0].json).toMatchObject({ headers: { authorization: 'Bearer …' } });
	});

	it.each([
		['apiKey', 'API Key'],
		['organizationId', 'Organization ID'],
	])('is not sent when %s holds what no header can', async (field, name) => {
		const usual = { apiKey: sandbox.key, organizationId: '', baseUrl: sandbox.url };
		const credential = { ...usual, [field]: `${sandbox.key}\nsecond line` };
		const { error, run } = await generate(sandbox, prompts(3), { parameters: QUICK, credential });
		expect(error?.message).toMatch(
			`The ${name} of the GMI Cloud credential holds a character that cannot be sent`,
		);
		expect(JSON.stringify(run.data)).not.toContain(sandbox.key);
		expect(await sandbox.log()).toEqual([]);
	});
});

it.each([
	['http://example.com', /must begin with https/],
	['ftp://console.gmicloud.ai', /must begin with https/],
	['console', /not a web address/],
	['https://user:secret@console.gmicloud.ai', /plain address/],
])('refuses the base URL %s', async (baseUrl, message) => {
	const { error } = await runGmiVideo(sandbox, {
		credential: { apiKey: 'k', baseUrl },
		parameters: { resource: 'model', operation: 'getAll' },
	});
	expect(error?.message).toMatch(message);
});

it('sends the organization only when it is set', async () => {
	const credential = { apiKey: sandbox.key, baseUrl: sandbox.url };
	const parameters = { resource: 'model', operation: 'getAll' };
	await runGmiVideo(sandbox, { parameters, credential: { ...credential, organizationId: '' } });
	const [without] = await sandbox.log({ endpoint: 'models' });
	expect(Object.keys(without.headers)).not.toContain('x-organization-id');

	await runGmiVideo(sandbox, {
		parameters,
		credential: { ...credential, organizationId: 'org-7' },
	});
	const [, withOne] = await sandbox.log({ endpoint: 'models' });
	expect(withOne.organization ?? withOne.headers['x-organization-id']).toBe('org-7');
});
