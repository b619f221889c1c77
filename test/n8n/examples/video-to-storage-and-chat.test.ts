import type { INodeExecutionData } from 'n8n-workflow';

import workflow from '../../../examples/video-to-storage-and-chat.json';
import { importExample, itemsOf } from '../../support/examples';
import { connect, sandbox, standIns, startAnother } from '../../support/n8n';
import { probe } from '../../support/videos';

const BUCKET = 'our-videos';
const CHANNEL = '#films';
const gmi = sandbox.sandbox;

let web: Awaited<ReturnType<typeof standIns.openWeb>>;
let store: Awaited<ReturnType<typeof standIns.startObjectStore>>;
let n8n: Awaited<ReturnType<typeof startAnother>>;

beforeAll(async () => {
	web = await standIns.openWeb();
	store = await standIns.startObjectStore(BUCKET);
	n8n = await startAnother({ env: web.env });
}, 120_000);
afterAll(async () => {
	await n8n.kill9();
	await store.close();
	await web.close();
});

describe('the example of storage and chat', () => {
	it('stores each video as GMI Cloud has it, and tells the channel where it is', async () => {
		gmi.reset();
		gmi.plans.add({ payload: 'rough sea', ends: 'failed', reason: 'the sea was too rough' });
		const slack = await standIns.serveSlack(web.server, [CHANNEL]);
		const client = await connect(n8n.url);
		const prompts = ['A paper boat', 'A ship in a rough sea', 'A red kite', 'Steam over a cup'];
		const publicAddress = 'https://films.example.org';
		const settings = { bucket: BUCKET, publicAddress, channel: CHANNEL, prompts };
		const workflowId = await importExample(client, workflow, {
			credentials: { s3: store.credential, slackApi: slack.credential },
			nodes: { Settings: { parameters: { jsonOutput: JSON.stringify(settings) } } },
		});
		await client.activate(workflowId);
		await client.runWebhook('video-to-storage-and-chat');
		const execution = await client.lastExecution(workflowId);

		expect(execution.status).toBe('success');
		const videos = itemsOf(execution, 'GMI Video');
		const keys = videos.map(({ json }: INodeExecutionData) => `${json.request_id}.mp4`);
		expect(keys).toHaveLength(3);
		expect((await store.keys()).sort()).toEqual([...keys].sort());
		for (const [index, { json }] of videos.entries()) {
			const { bytes, type } = await store.read(keys[index]);
			const [{ url }] = json.artifacts as Array<{ url: string }>;
			const original = await (await fetch(url)).arrayBuffer();
			expect(bytes.equals(new Uint8Array(original))).toBe(true);
			expect(type).toBe('video/mp4');
			expect(await probe(bytes)).toMatchObject({ codec: 'h264', width: 854, height: 480 });
		}
		expect(slack.messages.map(({ channel }) => channel)).toEqual(Array(4).fill(CHANNEL));
		const words = slack.messages.map(({ text }) => text);
		const [boat, , kite, steam] = prompts;
		expect(words.filter((text) => text.startsWith('Video ready'))).toEqual(
			[boat, kite, steam].map(
				(prompt, index) => `Video ready: ${publicAddress}/${keys[index]}\n> ${prompt}`,
			),
		);
		const [sad] = words.filter((text) => text.startsWith('No video'));
		expect(sad).toMatch(/the sea was too rough.*\n> A ship in a rough sea$/s);
		expect(gmi.counters.view().accepted).toBe(4);
		expect(web.strangers).toEqual([]);
	});
});
