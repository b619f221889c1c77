const MODEL = 'seedance-2-0-fast-260128';

const to = (...names: string[]) => names.map((node) => [{ node, type: 'main', index: 0 }]);

function node(name: string, type: string, typeVersion: number, parameters: object, more = {}) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...more };
}

/** The last node of {@link chunkWorkflow}. */
export const VIDEOS = 'Videos';

/** The node of {@link batchWorkflow} that hands over all videos of the batch at its end. */
export const ALL_CHUNKS = 'Chunks';

/** Makes a video of each item's `prompt`, and takes over what was made of it within the last hour. */
export function chunkWorkflow() {
	return {
		name: 'Chunk',
		nodes: [
			node('Start', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
			node(
				VIDEOS,
				'n8n-nodes-gmicloud.gmiVideo',
				1,
				{
					resource: 'video',
					operation: 'generate',
					model: { __rl: true, mode: 'id', value: MODEL },
					prompt: '={{ $json.prompt }}',
					parameterMode: 'json',
					parametersJson: '{ "duration": 4, "resolution": "480p" }',
					options: { reuseWithin: 60 },
				},
				{ credentials: { gmiCloudApi: { id: '', name: 'GMI Cloud account' } } },
			),
		],
		connections: { Start: { main: to(VIDEOS) } },
	};
}

/** A webhook that hands the prompts of its body's `items` to another workflow, some at a time. */
export function batchWorkflow(path: string, chunkWorkflowId: string, chunkSize: number) {
	return {
		name: 'Batch',
		nodes: [
			node(
				'Webhook',
				'n8n-nodes-base.webhook',
				2,
				{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
				{ webhookId: path },
			),
			node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items', options: {} }),
			node(ALL_CHUNKS, 'n8n-nodes-base.splitInBatches', 3, { batchSize: chunkSize, options: {} }),
			node('Chunk', 'n8n-nodes-base.executeWorkflow', 1.2, {
				workflowId: { __rl: true, mode: 'id', value: chunkWorkflowId },
				mode: 'once',
				options: { waitForSubWorkflow: true },
			}),
		],
		connections: {
			Webhook: { main: to('Items') },
			Items: { main: to(ALL_CHUNKS) },
			[ALL_CHUNKS]: { main: [[], ...to('Chunk')] },
			Chunk: { main: to(ALL_CHUNKS) },
		},
	};
}
