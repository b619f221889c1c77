import { startSandbox } from '../support/sandbox';
import type { Sandbox } from '../support/sandboxTypes';
import { Calls } from './calls';

let sandbox: Sandbox;
let calls: Calls;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 0, syncDurationMs: 100 });
	calls = new Calls(sandbox);
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => await sandbox.stop());

it('counts submits and how many ran side by side', async () => {
	await Promise.all([1, 2, 3].map(async () => await calls.submit('seedream-5.0-lite')));
	await calls.submit('Veo3');
	expect(await sandbox.counters()).toMatchObject({
		calls: { submit: 4 },
		statuses: { submit: { 200: 4 } },
		accepted: 4,
		acceptedByModel: { 'seedream-5.0-lite': 3, Veo3: 1 },
		maxConcurrent: { submit: 3, submitByModel: { 'seedream-5.0-lite': 3, Veo3: 1 } },
	});
});

it('tells how often the same payload was accepted', async () => {
	for (const prompt of ['a', 'b', 'a']) await calls.submit('Veo3', { prompt });
	const requests = await sandbox.requests();
	expect(requests.map(({ payload, sameSubmits }) => [payload.prompt, sameSubmits])).toEqual([
		['a', 2],
		['b', 1],
		['a', 2],
	]);
});

it('logs each call, without the key', async () => {
	await fetch(`${sandbox.api}/requests?source_product=studio`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${sandbox.key}`, 'X-Organization-ID': 'org-7' },
		body: JSON.stringify({ model: 'Veo3', payload: { prompt: 'x' } }),
	});
	const [entry] = await sandbox.log({ endpoint: 'submit' });
	const [request] = await sandbox.requests();
	expect(entry).toMatchObject({
		method: 'POST',
		query: { source_product: 'studio' },
		status: 200,
		key: 'default',
		organization: 'org-7',
		model: 'Veo3',
		requestId: request.id,
		body: { model: 'Veo3', payload: { prompt: 'x' } },
	});
	expect(JSON.stringify(entry)).not.toContain(sandbox.key);
	expect(request.sourceProduct).toBe('studio');
});

it('bounds the log', async () => {
	await sandbox.configure({ logEntries: 10, logBodyBytes: 100 });
	await calls.submit('Veo3', { prompt: 'x'.repeat(200) });
	expect((await sandbox.log())[0]).toMatchObject({ bodyDropped: true, bodyBytes: 240 });
	for (let call = 0; call < 1100; call++) await calls.get('/requests/none');
	expect((await sandbox.log()).length).toBeLessThanOrEqual(1010);
	expect((await sandbox.counters()).calls.get).toBe(1100);
});

it('goes back to its first settings', async () => {
	await sandbox.configure({ listDefaultLimit: 3 });
	await calls.submit('Veo3');
	await sandbox.reset();
	expect(await sandbox.requests()).toEqual([]);
	expect(await sandbox.configure({})).toMatchObject({ listDefaultLimit: 20, durationMs: 0 });
	await expect(sandbox.configure(JSON.parse('{"nope":1}'))).rejects.toThrow(
		'Unknown setting: nope',
	);
});

it('adds requests of any kind', async () => {
	await sandbox.addRequest({ model: 'Veo3', status: 'processing', ageMs: 3_600_000 });
	await sandbox.addRequest({ status: 'failed', reason: 'too old', ageMs: 5000 });
	const { requests } = await calls.list();
	expect(requests[0]).toMatchObject({ status: 'failed', outcome: { error: 'too old' } });
	expect(requests[1]).toMatchObject({ status: 'processing', outcome: null });
	expect(requests[0].created_at - requests[1].created_at).toBeGreaterThan(3500);
});
