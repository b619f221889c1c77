import { modelDetails } from '../support/fixtures';
import { startSandbox } from '../support/sandbox';
import type { Sandbox } from '../support/sandboxTypes';
import { Calls } from './calls';

type Detail = Record<string, unknown> & { parameters: Array<Record<string, unknown>> };

let sandbox: Sandbox;
let calls: Calls;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 10 });
	calls = new Calls(sandbox);
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => await sandbox.stop());

async function ids() {
	return (await calls.get<{ model_ids: string[] }>('/models')).body.model_ids;
}

describe('the catalogue', () => {
	it('lists ids as strings: all kinds, odd names and bare UUIDs', async () => {
		const listed = await ids();
		expect(listed.length).toBeGreaterThan(30);
		expect(new Set(listed).size).toBe(listed.length);
		expect(listed).toEqual(
			expect.arrayContaining(['sora-2-pro', 'Chirstmas Postcard', ' wan2.5-t2v-preview ']),
		);
		expect(
			listed.filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)),
		).toHaveLength(3);
	});

	it('grows to the size that is set', async () => {
		await sandbox.configure({ catalogueSize: 324 });
		const listed = await ids();
		expect(listed).toHaveLength(324);
		const details = await calls.get<Detail>(`/models/${encodeURIComponent(listed[320])}`);
		expect(details.body.model).toBe(listed[320]);
	});

	it.each(modelDetails().map(({ id, detail }) => [id, detail] as const))(
		'has the fields, types and limits of the fixture of %s',
		async (id, fixture: Detail) => {
			const { status, body } = await calls.get<Detail>(`/models/${id}`);
			expect(status).toBe(200);
			const own = new Map(body.parameters.map((parameter) => [parameter.name, parameter]));
			for (const known of fixture.parameters) {
				const facts = Object.entries(known).filter(
					([name]) => !['display_name', 'description'].includes(name),
				);
				expect(own.get(known.name)).toMatchObject(Object.fromEntries(facts));
			}
			const partial = fixture.parameters.length < body.parameters.length;
			expect(partial || fixture.parameters.length === own.size).toBe(true);
		},
	);

	it('finds every listed id, and names the unknown one', async () => {
		for (const id of await ids()) {
			expect((await calls.get(`/models/${encodeURIComponent(id)}`)).status).toBe(200);
		}
		const { status, body } = await calls.get('/models/nope-1');
		expect([status, body]).toEqual([404, { error: 'model nope-1 does not exist' }]);
	});

	it('has prices in three ways', async () => {
		const priced = (await calls.get('/models/sora-2-pro')).body;
		expect(priced.price_info).toEqual({ price: 300_000, pricing_type: '', unit: 'second' });
		expect((await calls.get('/models/Veo3')).body.pricing_details).toBe('$0.40 per second');
		expect(Object.keys((await calls.get('/models/Luma-Ray2')).body)).not.toContain('price_info');
	});

	it('takes other details from its settings', async () => {
		await sandbox.configure({ models: { 'my-own': { parameters: [], delivery: 'sync' } } });
		expect((await calls.get('/models/my-own')).body.parameters).toEqual([]);
		expect((await calls.submit('my-own')).body.status).toBe('success');
	});
});

describe('keys', () => {
	it('refuses an unknown key with the body that is set', async () => {
		const stranger = new Calls(sandbox, 'wrong');
		expect((await stranger.get('/models')).status).toBe(401);
		await sandbox.configure({ unauthorizedBody: { message: 'no' } });
		expect((await stranger.get('/requests')).body).toEqual({ message: 'no' });
		expect((await sandbox.log())[0]).toMatchObject({
			authorized: true,
			key: expect.stringMatching(/^unknown:/),
		});
	});

	it('keeps organisations apart', async () => {
		const other = new Calls(sandbox, sandbox.secondKey);
		const { body } = await calls.submit('Veo3');
		expect((await other.get(`/requests/${body.request_id}`)).status).toBe(404);
		expect((await other.list()).requests).toEqual([]);
	});

	it('answers 405 to anything it does not know', async () => {
		expect((await calls.call('DELETE', '/requests/1')).status).toBe(405);
		expect((await fetch(`${sandbox.url}/v1/models`)).status).toBe(405);
	});
});
