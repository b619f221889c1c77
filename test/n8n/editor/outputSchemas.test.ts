import { n8n } from '../../support/n8n';

const SCHEMAS = [
	...['generate', 'get', 'getAll', 'wait', 'download'].map(
		(name) => `gmiVideo/1.0.0/video/${name}`,
	),
	...['get', 'getAll'].map((name) => `gmiVideo/1.0.0/model/${name}`),
	'gmiVideo/1.0.0/file/upload',
	'gmiVideoStatus/1.0.0',
	'gmiVideoTrigger/1.0.0',
];

it.each(SCHEMAS)('n8n serves its editor the output schema %s', async (name) => {
	const response = await fetch(`${n8n.url}/schemas/n8n-nodes-gmicloud.${name}.json`);
	expect(response.status).toBe(200);
	expect(await response.json()).toMatchObject({ type: 'object', version: 1 });
});
