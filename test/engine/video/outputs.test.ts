import { generate, MODEL, prompts } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 200, syncDurationMs: 200, defaultSize: '320x180' });
});
afterAll(async () => await sandbox.stop());
beforeEach(async () => await sandbox.reset());

interface Expected {
	model: string;
	parametersJson?: string;
	prompt?: string;
	outputs?: number;
	/** MIME types of the item's files, in order. */
	files: string[];
	kinds: string[];
}

const MODELS: Expected[] = [
	{ model: MODEL, files: ['video/mp4'], kinds: ['video'] },
	{ model: 'Luma-Ray2', files: ['video/mp4'], kinds: ['video'] },
	{ model: 'sora-2-pro', files: ['video/mp4'], kinds: ['video', 'thumbnail'] },
	{ model: 'ltx-2-quick', files: ['video/mp4'], kinds: ['video', 'thumbnail'] },
	{ model: 'skyreels-v4-image-to-video', files: ['video/mp4'], kinds: ['video', 'thumbnail'] },
	{ model: 'seedream-5.0-lite', files: ['image/png'], kinds: ['image'] },
	{
		model: 'seedream-5.0-lite',
		outputs: 3,
		files: ['image/png', 'image/png', 'image/png'],
		kinds: ['image', 'image', 'image'],
	},
	{ model: 'wan2.7-image', files: ['image/png'], kinds: ['image'] },
	{ model: 'gemini-2.5-flash-image', files: ['image/png'], kinds: ['image'] },
	{ model: 'minimax-tts-speech-2.8-hd', files: ['audio/mpeg'], kinds: ['audio'] },
	{ model: 'inworld-tts-1.5-mini', files: ['audio/mpeg'], kinds: ['audio'] },
	{
		model: 'kling-identify-face',
		prompt: '',
		parametersJson: '{ "video_url": "https://example.com/face.mp4" }',
		files: [],
		kinds: [],
	},
];

it.each(MODELS)('reads what $model gives ($kinds)', async (expected) => {
	const { model, outputs, files, kinds } = expected;
	if (outputs !== undefined) await sandbox.configure({ outputs });
	const { items, error } = await generate(sandbox, [expected.prompt ?? 'a paper boat'], {
		parameters: {
			model: { __rl: true, mode: 'id', value: model },
			parametersJson: expected.parametersJson ?? '{}',
			options: { pollInterval: 0.2, skipValidation: true },
		},
	});
	expect(error).toBeUndefined();
	const [{ json, binary = {} }] = items;
	expect(Object.keys(binary)).toEqual(files.map((_, i) => (i === 0 ? 'data' : `data_${i}`)));
	expect(Object.values(binary).map(({ mimeType }) => mimeType)).toEqual(files);
	const artifacts = json.artifacts as Array<{ kind: string; url: string; fileName: string }>;
	expect(artifacts.map(({ kind }) => kind)).toEqual(kinds);
	for (const { fileName } of artifacts) expect(fileName).toMatch(/^[\w-]+\.[a-z0-9]{3,4}$/);
	expect(JSON.stringify(json).length).toBeLessThan(5_000);
});

it('cuts data URIs in the echoed payload', async () => {
	const image = `data:image/png;base64,${'A'.repeat(20_000)}`;
	const { items } = await generate(sandbox, ['a paper boat'], {
		parameters: {
			model: { __rl: true, mode: 'id', value: 'sora-2-pro' },
			parametersJson: JSON.stringify({ input_reference: image }),
			options: { pollInterval: 0.2, skipValidation: true },
		},
	});
	const { payload } = items[0].json as { payload: { input_reference: string } };
	expect(payload.input_reference).toMatch(/^data:image\/png;base64,A+… \(20022 characters\)$/);
	const [{ bodyBytes }] = await sandbox.log({ endpoint: 'submit' });
	expect(bodyBytes).toBeGreaterThan(image.length);
});

it.each(['wrong', 'missing'] as const)(
	'names a file rightly when storage labels it %s',
	async (label) => {
		await sandbox.configure({ artifactContentType: label });
		const { items } = await generate(sandbox, prompts(3), {
			parameters: { options: { pollInterval: 0.2 } },
		});
		for (const { binary } of items) {
			expect(binary?.data).toMatchObject({ mimeType: 'video/mp4', fileExtension: 'mp4' });
		}
	},
);

it('fetches a file under the address GMI has for it now when the first has expired', async () => {
	await sandbox.inject({ name: 'expired-artifact', endpoint: 'artifact', times: 3 });
	const { items, error } = await generate(sandbox, prompts(3), {
		parameters: { options: { pollInterval: 0.2 } },
	});
	expect(error).toBeUndefined();
	expect(items.every(({ binary }) => binary?.data !== undefined)).toBe(true);
	expect((await sandbox.counters()).calls.submit).toBe(3);
});

it('keeps request and address when a file cannot be had', async () => {
	await sandbox.inject({ name: 'missing-artifact', endpoint: 'artifact', times: 'forever' });
	const { items } = await generate(sandbox, ['a paper boat'], {
		parameters: { options: { pollInterval: 0.2 } },
		settings: { onError: 'continueRegularOutput' },
	});
	const [{ id }] = await sandbox.requests();
	expect(items[0].json).toMatchObject({
		request_id: id,
		status: 'success',
		error: expect.stringMatching(/The video is ready, but its file could not be fetched: .*404/),
		artifacts: [expect.objectContaining({ kind: 'video' })],
	});
}, 30_000);
