import { png } from '../../support/mediaFiles';

/** A credential as a node refers to it. */
export interface Using {
	id: string;
	name: string;
}

interface Entry {
	model: string;
	/** JSON text. */
	parameters: string;
	/** The parameter that takes the item's picture. */
	media?: string;
	/** Base64. */
	picture?: string;
}

/** GMI does not show the content of this one's requests: one whose answer got lost can only be guessed. */
export const UNSEEN_MODEL = 'wan2.7-i2v';

const TEXT: Entry[] = [
	{ model: 'seedance-2-0-fast-260128', parameters: '{"duration":4,"resolution":"480p"}' },
	{ model: 'vidu-q3-pro-t2v', parameters: '{"duration":2}' },
	{ model: 'sora-2-pro', parameters: '{"seconds":"4","size":"1280x720"}' },
	{ model: 'Luma-Ray2', parameters: '{"resolution":"540p"}' },
	{ model: 'seedream-5.0-lite', parameters: '{}' },
];

const picture = (width: number) =>
	Buffer.concat([png(width, 400), Buffer.alloc(40_000)]).toString('base64');

const MEDIA: Entry[] = [
	{ model: 'kling-v2-6', parameters: '{}', media: 'image', picture: picture(600) },
	{
		model: 'seedance-2-0-fast-260128',
		parameters: '{"duration":4}',
		media: 'first_frame',
		picture: picture(700),
	},
	{ model: UNSEEN_MODEL, parameters: '{}', media: 'first_frame', picture: picture(800) },
];

export const SOURCE = 'Prompts one by one';
export const GMI = 'GMI Video';
export const STATUS = 'GMI Video Status';
export const TRIGGER = 'GMI Video Trigger';

/** Waits for its videos and downloads them. */
export function waiting(everySeconds: number, using: Using) {
	return workflow('waiting', [
		...source('waiting', everySeconds, TEXT),
		generate(using, { options: { timeout: 3 } }),
		node('Good', 'n8n-nodes-base.noOp', 1, {}),
	]);
}

/** The same, from pictures that are uploaded first. */
export function fromPictures(everySeconds: number, using: Using) {
	const toFile = node('Picture', 'n8n-nodes-base.convertToFile', 1.1, {
		operation: 'toBinary',
		sourceProperty: 'picture',
		options: { fileName: 'frame.png', mimeType: 'image/png' },
	});
	const input = [{ parameter: '={{ $json.media }}', source: 'binary', binaryPropertyName: 'data' }];
	// Converting leaves nothing of the item but its file.
	const asked = { $json: `$('${SOURCE}').item.json` };
	return workflow('pictures', [
		...source('pictures', everySeconds, MEDIA),
		toFile,
		generate(using, { mediaInputs: { input }, options: { timeout: 3 } }, asked.$json),
		node('Good', 'n8n-nodes-base.noOp', 1, {}),
	]);
}

/** Only submits; n8n's Wait node and the status node do the rest. */
export function waitAndLook(everySeconds: number, using: Using) {
	const made = workflow('loop', [
		...source('loop', everySeconds, TEXT),
		generate(using, { waitForCompletion: false }),
		node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: 3, unit: 'seconds' }),
		{
			...node(STATUS, 'n8n-nodes-gmicloud.gmiVideoStatus', 1, {}),
			credentials: { gmiCloudApi: using },
			onError: 'continueRegularOutput',
		},
	]);
	const ends = node('Ends', 'n8n-nodes-base.noOp', 1, {});
	return {
		...made,
		nodes: [...made.nodes, ends],
		connections: {
			...made.connections,
			[STATUS]: { main: [[to('Ends')], [to('Wait')], [to('Ends')]] },
		},
	};
}

/** Only submits; {@link collecting} does the rest. */
export function submitting(everySeconds: number, using: Using) {
	return workflow('submitting', [
		...source('submitting', everySeconds, TEXT),
		generate(using, { waitForCompletion: false }),
		node('Good', 'n8n-nodes-base.noOp', 1, {}),
	]);
}

/** Whether {@link collecting} tells of the prompt's request. */
export const isCollected = (prompt: string) => prompt.startsWith('submitting ');

export function collecting(using: Using) {
	return workflow('collecting', [
		{
			...node(TRIGGER, 'n8n-nodes-gmicloud.gmiVideoTrigger', 1, {
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				events: ['success', 'failed', 'cancelled'],
				models: [],
				downloadOutput: true,
			}),
			credentials: { gmiCloudApi: using },
		},
		node('Ends', 'n8n-nodes-base.noOp', 1, {}),
	]);
}

function source(name: string, everySeconds: number, entries: Entry[]) {
	const rule = { interval: [{ field: 'seconds', secondsInterval: everySeconds }] };
	const each = `Object.assign({ prompt: '${name} ' + $execution.id + ' take ' + (i + 1) + '.' }, entry)`;
	const list = `{ prompts: ${JSON.stringify(entries)}.map((entry, i) => (${each})) }`;
	return [
		node('Schedule', 'n8n-nodes-base.scheduleTrigger', 1.2, { rule }),
		node('Prompts', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: `={{ JSON.stringify(${list}) }}`,
			options: {},
		}),
		node(SOURCE, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'prompts', options: {} }),
	];
}

function generate(using: Using, parameters: object, from = '$json') {
	return {
		...node(GMI, 'n8n-nodes-gmicloud.gmiVideo', 1, {
			resource: 'video',
			operation: 'generate',
			model: { __rl: true, mode: 'id', value: `={{ ${from}.model }}` },
			prompt: `={{ ${from}.prompt }}`,
			parameterMode: 'json',
			parametersJson: `={{ ${from}.parameters }}`,
			...JSON.parse(JSON.stringify(parameters).replaceAll('$json', from)),
		}),
		credentials: { gmiCloudApi: using },
		onError: 'continueErrorOutput',
	};
}

function node(name: string, type: string, typeVersion: number, parameters: object) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

const to = (name: string) => ({ node: name, type: 'main', index: 0 });

/** Each node feeds the next; failed items of GMI Video end there. */
function workflow<T extends { name: string }>(name: string, nodes: T[]) {
	const links = nodes.slice(1).map((next, i) => [nodes[i].name, { main: [[to(next.name)]] }]);
	return { name: `soak: ${name}`, nodes, connections: Object.fromEntries(links) };
}
