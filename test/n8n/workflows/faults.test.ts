import { ownNode, run, sandbox } from '../../support/n8n';

const gmi = sandbox.sandbox;

const prompts = [1, 2, 3].map((i) => ({ prompt: `a boat, take ${i}` }));

async function generate(settings = {}) {
	const parameters = {
		resource: 'video',
		operation: 'generate',
		model: { __rl: true, mode: 'id', value: 'vidu-q3-pro-t2v' },
		prompt: '={{ $json.prompt }}',
	};
	return await run(await ownNode('gmiVideo', parameters, settings), prompts);
}

beforeEach(() => {
	gmi.reset();
	gmi.configure({ durationMs: 300, defaultSize: '320x180', defaultSeconds: 1 });
});

const FAULTS = [
	{ name: 'reset-after', endpoint: 'submit', submits: 3 },
	{ name: 'rate-limit-429', endpoint: 'submit', retryAfterMs: 500, submits: 4 },
	{ name: 'bad-gateway-502', endpoint: 'list', times: 2, submits: 3 },
	{ name: 'malformed-json', endpoint: 'list', submits: 3 },
	{ name: 'truncated', endpoint: 'artifact', submits: 3 },
	{ name: 'expired-artifact', endpoint: 'artifact', submits: 3 },
];

it.each(FAULTS)(
	'$name at $endpoint costs nothing and loses nothing',
	async ({ submits, ...fault }) => {
		gmi.faults.inject(fault);
		const { items, error } = await generate();

		expect(error).toBeUndefined();
		expect(items.map(({ json }) => (json.payload as { prompt: string }).prompt)).toEqual(
			prompts.map(({ prompt }) => prompt),
		);
		expect(items.every(({ binary }) => binary?.data.mimeType === 'video/mp4')).toBe(true);
		const { calls, accepted } = gmi.counters.view();
		expect(accepted).toBe(3);
		expect(calls.submit).toBe(submits);
	},
);

it('Retry On Fail takes over what the first try got accepted', async () => {
	gmi.faults.inject({ name: 'unauthorized-401', endpoint: 'list', times: 3 });
	const { items, error } = await generate({
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 500,
	});

	expect(error).toBeUndefined();
	expect(items).toHaveLength(3);
	expect(gmi.counters.view().calls.submit).toBe(3);
});

it('sends a bad item with its request id to the error output', async () => {
	gmi.plans.add({ payload: 'take 2', ends: 'failed', reason: 'the sea was too rough' });
	const { outputs } = await generate({ onError: 'continueErrorOutput' });

	expect(outputs[0]).toHaveLength(2);
	expect(outputs[1]).toHaveLength(1);
	expect(outputs[1][0].json).toMatchObject({
		prompt: 'a boat, take 2',
		request_id: expect.any(String),
		error: expect.stringMatching(/the sea was too rough/),
	});
});
