import workflow from '../../../examples/image-to-video.json';
import { hasProgram } from '../../support/programs';
import { importExample, itemsOf, type StoredExecution } from '../../support/examples';
import { client, sandbox } from '../../support/n8n';
import { probe } from '../../support/videos';

const gmi = sandbox.sandbox;
const PROMPTS = ['The boats rock gently', 'Fog drifts between the trees', 'Lights come on'];

interface Submit {
	model: string;
	payload: { prompt: string; input_reference: string };
}

/** Addresses of pictures of these sizes. */
async function pictures(...sizes: string[]): Promise<string[]> {
	return await Promise.all(
		sizes.map(async (size) => {
			const body = { model: 'seedream-5.0-lite', payload: { prompt: 'a harbour', size } };
			const made = await fetch(`${gmi.controlUrl}/requests`, {
				method: 'POST',
				body: JSON.stringify({ ...body, status: 'success' }),
			});
			const { id } = (await made.json()) as { id: string };
			const job = await fetch(`${sandbox.url}/api/v1/ie/requestqueue/apikey/requests/${id}`, {
				headers: { Authorization: `Bearer ${sandbox.key}` },
			});
			const { outcome } = (await job.json()) as { outcome: { media_urls: Array<{ url: string }> } };
			return outcome.media_urls[0].url;
		}),
	);
}

/** Runs the example on pictures of these sizes. */
async function run(sizes: string[], nodes = {}) {
	gmi.reset();
	const addresses = await pictures(...sizes);
	const chosen = addresses.map((address, index) => ({ address, prompt: PROMPTS[index] }));
	const workflowId = await importExample(client, workflow, {
		nodes: {
			Pictures: { parameters: { jsonOutput: JSON.stringify({ pictures: chosen }) } },
			...nodes,
		},
	});
	await client.activate(workflowId);
	await client.runWebhook('image-to-video');
	const execution: StoredExecution = await client.lastExecution(workflowId);
	await client.deactivate(workflowId);
	return execution;
}

async function expectVideos(execution: StoredExecution) {
	expect(execution.status).toBe('success');
	const submits = gmi.log.find({ endpoint: 'submit' }) as Array<{ body: Submit }>;
	expect(submits.map(({ body }) => body).sort(byPrompt)).toEqual(
		[...PROMPTS].sort().map((prompt) => ({
			model: 'sora-2-pro',
			payload: {
				...{ prompt, seconds: '4', size: '1280x720' },
				input_reference: expect.stringMatching(/^https?:/),
			},
		})),
	);
	const videos = itemsOf(execution, 'GMI Video');
	expect(videos).toHaveLength(3);
	for (const { binary } of videos) {
		const video = await client.downloadBinary(binary!.data as never);
		expect(await probe(video)).toMatchObject({ codec: 'h264', width: 1280, height: 720 });
	}
	return submits.map(({ body }) => body.payload.input_reference);
}

const byPrompt = (a: Submit, b: Submit) => (a.payload.prompt < b.payload.prompt ? -1 : 1);

const withGraphicsMagick = hasProgram('gm') ? it : it.skip;

describe('the example of pictures', () => {
	it('makes videos of pictures that have the right size', async () => {
		const execution = await run(Array(3).fill('1280x720'), { Resize: { disabled: true } });
		await expectVideos(execution);
	});

	it('tells which picture has the wrong size before anything is sent', async () => {
		const sizes = ['1280x720', '1600x1200', '1280x720'];
		const execution = await run(sizes, { Resize: { disabled: true } });
		expect(execution.data.resultData.error?.message).toMatch(/1600x1200.*1280x720/);
		expect(gmi.log.find({ endpoint: 'submit' })).toEqual([]);
	});

	withGraphicsMagick('brings any picture to the right size', async () => {
		const execution = await run(['1600x1200', '1024x1792', '640x360']);
		for (const address of await expectVideos(execution)) {
			const picture = await (await fetch(address)).arrayBuffer();
			expect(await probe(Buffer.from(picture))).toMatchObject({ width: 1280, height: 720 });
		}
	});
});
