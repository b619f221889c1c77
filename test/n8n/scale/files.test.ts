import { batchWorkflow, chunkWorkflow, ALL_CHUNKS } from '../../support/batchWorkflows';
import { importExample, itemsOf } from '../../support/examples';
import { connect, sandbox, startQueueMode } from '../../support/n8n';
import { expectWhole } from '../../support/wholeFiles';

type Client = Awaited<ReturnType<typeof connect>>;

const MIB = 1024 * 1024;
const VIDEOS = 3;
const SIZE = 20 * MIB;
const gmi = sandbox.sandbox;

async function deploy(client: Client, workflow: Parameters<typeof importExample>[1]) {
	const workflowId = await importExample(client, workflow);
	await client.activate(workflowId);
	return workflowId;
}

describe('files in queue mode', () => {
	it.each([
		// What n8n 2 takes by itself.
		['database', 'database', { workers: 1 }],
		// n8n does not support it there; it works where all see one folder.
		['filesystem, in one folder for all', 'filesystem', { workers: 1, sharedStorage: true }],
	])(
		'arrive whole, and main has what a worker stored: %s',
		async (_, mode, options) => {
			gmi.reset();
			gmi.configure({ artifactBytes: SIZE, durationMs: 200 });
			const env = { N8N_DEFAULT_BINARY_DATA_MODE: mode };
			const { main, close } = await startQueueMode({ ...options, env });
			try {
				const client = await connect(main.url);
				const chunkId = await deploy(client, chunkWorkflow());
				const batchId = await deploy(client, batchWorkflow('files', chunkId, 2));
				const items = Array.from({ length: VIDEOS }, (_, index) => ({ prompt: `Take ${index}` }));
				await client.runWebhook('files', { items });
				const execution = await client.lastExecution(batchId);
				const videos = itemsOf(execution, ALL_CHUNKS);

				expect(videos).toHaveLength(VIDEOS);
				for (const { binary } of videos) {
					expect(binary!.data).toMatchObject({
						id: expect.stringMatching(new RegExp(`^${mode}`)),
						bytes: SIZE,
						mimeType: 'video/mp4',
					});
				}
				await expectWhole(client, videos);
			} finally {
				await close();
			}
		},
		120_000,
	);
});
