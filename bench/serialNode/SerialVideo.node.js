const { NodeApiError, NodeOperationError, sleep } = require('n8n-workflow');

const CREDENTIAL = 'serialVideoApi';
const POLL_INTERVAL_MS = 5_000;

/**
 * Submits, asks every 5 seconds, downloads into a buffer, and only then turns to the next item: what most
 * nodes for video services do.
 */
class SerialVideo {
	constructor() {
		this.description = {
			displayName: 'Serial Video',
			name: 'serialVideo',
			group: ['transform'],
			version: 1,
			description: 'Makes a video for each item, one after the other',
			defaults: { name: 'Serial Video' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: CREDENTIAL, required: true }],
			properties: [
				{
					displayName: 'Model',
					name: 'model',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'getModels' },
					default: '',
				},
				{ displayName: 'Prompt', name: 'prompt', type: 'string', default: '' },
			],
		};
		this.methods = { loadOptions: { getModels } };
	}

	async execute() {
		const items = this.getInputData();
		const returnData = [];
		for (let i = 0; i < items.length; i++) {
			const record = await makeVideo.call(this, i);
			const file = await this.helpers.httpRequest({
				url: record.outcome.video_url,
				encoding: 'arraybuffer',
			});
			const data = await this.helpers.prepareBinaryData(
				Buffer.from(file),
				'video.mp4',
				'video/mp4',
			);
			returnData.push({ json: record, binary: { data }, pairedItem: { item: i } });
		}
		return [returnData];
	}
}

/** @returns the record of the finished request */
async function makeVideo(i) {
	const body = {
		model: this.getNodeParameter('model', i),
		payload: { prompt: this.getNodeParameter('prompt', i) },
	};
	let record = await request.call(this, 'POST', '/requests', body);
	while (record.status !== 'success') {
		if (record.status === 'failed' || record.status === 'cancelled') {
			throw new NodeOperationError(this.getNode(), `The request ended as ${record.status}`, {
				itemIndex: i,
			});
		}
		await sleep(POLL_INTERVAL_MS);
		record = await request.call(this, 'GET', `/requests/${record.request_id}`);
	}
	return record;
}

async function getModels() {
	const { model_ids: ids } = await request.call(this, 'GET', '/models');
	return ids.map((id) => ({ name: id, value: id }));
}

async function request(method, path, body) {
	const { baseUrl } = await this.getCredentials(CREDENTIAL);
	try {
		return await this.helpers.httpRequestWithAuthentication.call(this, CREDENTIAL, {
			method,
			url: `${baseUrl}/api/v1/ie/requestqueue/apikey${path}`,
			body,
			json: true,
		});
	} catch (error) {
		throw new NodeApiError(this.getNode(), error);
	}
}

module.exports = { SerialVideo };
