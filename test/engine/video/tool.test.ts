import { generate, runGmiVideo, type GmiRunOptions } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 200 });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

/** n8n gives the tool variant of a node this ending. */
const AS_TOOL: GmiRunOptions = { settings: { type: 'n8n-nodes-gmicloud.gmiVideoTool' } };
const QUICK = { options: { pollInterval: 0.2 } };

describe('as a tool of an agent', () => {
	it('answers in a few fields with the URL and no binary', async () => {
		const { items } = await generate(sandbox, ['a boat'], { ...AS_TOOL, parameters: QUICK });
		expect(items[0].binary).toBeUndefined();
		expect(items[0].json).toEqual({
			request_id: expect.any(String),
			model: 'vidu-q3-pro-t2v',
			status: 'success',
			files: [{ kind: 'video', url: expect.stringMatching(/^http.*\.mp4$/) }],
			next_step: expect.stringMatching(/^Done/),
		});
		expect((await sandbox.counters()).calls.artifact ?? 0).toBe(0);
	});

	it('takes model, prompt and parameters from the agent', async () => {
		const answer = {
			model: 'seedance-2-0-fast-260128',
			prompt: 'a boat',
			parameters: { duration: 5 },
		};
		const { items, error } = await runGmiVideo(sandbox, {
			...AS_TOOL,
			input: [{ json: answer }],
			parameters: {
				resource: 'video',
				operation: 'generate',
				model: { __rl: true, mode: 'id', value: "={{ $fromAI('model', 'Model ID') }}" },
				prompt: "={{ $fromAI('prompt', 'What the video shows') }}",
				parameterMode: 'json',
				parametersJson: "={{ $fromAI('parameters', 'Parameters of the model', 'json') }}",
				...QUICK,
			},
		});
		expect(error).toBeUndefined();
		expect(items[0].json.status).toBe('success');
		const [{ body }] = await sandbox.log({ endpoint: 'submit' });
		expect(body).toEqual({ model: answer.model, payload: { prompt: 'a boat', duration: 5 } });
	});

	it('says what to do next when the video is not done in time', async () => {
		await sandbox.configure({ durationMs: 60_000 });
		const { items, error } = await generate(sandbox, ['a boat'], {
			...AS_TOOL,
			parameters: { options: { pollInterval: 0.2, timeout: 0.01 } },
		});
		expect(error).toBeUndefined();
		expect(items[0].json.next_step).toMatch(
			/ask for this request_id again.*Do not generate it again/,
		);
	});

	it('puts the request id and the advice into the message, all an agent sees', async () => {
		await sandbox.plan({ ends: 'failed', reason: 'the sea was too rough' });
		const { error } = await generate(sandbox, ['a boat'], { ...AS_TOOL, parameters: QUICK });
		const [{ id }] = await sandbox.requests();
		expect(error?.message).toMatch(/the sea was too rough.*Change the input/s);
		expect(error?.message).toContain(id);
	});

	it('answers in as few words when the node goes on after an error', async () => {
		await sandbox.plan({ ends: 'failed', reason: 'the sea was too rough' });
		const { items, error } = await generate(sandbox, ['a boat'], {
			settings: { ...AS_TOOL.settings, onError: 'continueRegularOutput' },
			parameters: QUICK,
		});
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({
			request_id: expect.any(String),
			model: 'vidu-q3-pro-t2v',
			status: 'failed',
			error: expect.stringMatching(/the sea was too rough.*Change the input/s),
			next_step: expect.stringMatching(/^Ended without a result/),
		});
	});

	it('follows a request and learns what a model takes', async () => {
		const id = await sandbox.addRequest({ model: 'vidu-q3-pro-t2v', status: 'processing' });
		const get = await runGmiVideo(sandbox, {
			...AS_TOOL,
			parameters: { resource: 'video', operation: 'get', requestId: id },
		});
		expect(get.items[0].json).toMatchObject({ request_id: id, status: 'processing' });

		const model = await runGmiVideo(sandbox, {
			...AS_TOOL,
			parameters: {
				resource: 'model',
				operation: 'get',
				model: { __rl: true, mode: 'id', value: 'sora-2-pro' },
			},
		});
		expect(JSON.stringify(model.items[0].json)).toMatch(/seconds.*1792x1024/s);
		expect(JSON.stringify(model.items[0].json).length).toBeLessThan(4_000);
	});
});
