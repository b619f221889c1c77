import type { INodeParameters } from 'n8n-workflow';

import { GmiVideo } from '../../../nodes/GmiVideo/GmiVideo.node';
import { runNode } from '../../support/engine';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { getParameters } from '../../../nodes/shared/methods/resourceMapping';
import { chosen, editorContext } from './editor';
import { untouchedForm } from '../../support/untouchedForm';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ durationMs: 0 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

/** Opens the form of a model as the editor does, changes some fields, and runs the node once per item. */
async function generate(
	model: string,
	changes: Record<string, unknown>,
	{
		prompt = 'a fox',
		items = 1,
		...more
	}: { prompt?: string; items?: number } & INodeParameters = {},
) {
	const { fields } = await getParameters.call(
		editorContext({ url: sandbox.url, key: sandbox.key }, chosen(model)),
	);
	const value = { ...untouchedForm(fields), ...changes };
	const parameters = {
		resource: 'video',
		operation: 'generate',
		...chosen(model),
		prompt,
		waitForCompletion: false,
		parameters: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: fields },
		...more,
	} as unknown as INodeParameters;
	return await runNode({
		node: new GmiVideo(),
		input: Array.from({ length: items }, (_, n) => ({ json: { n, off: false, nothing: '' } })),
		parameters,
		credential: { apiKey: sandbox.key, baseUrl: sandbox.url },
	});
}

async function sent(): Promise<unknown[]> {
	return (await sandbox.log({ endpoint: 'submit' })).map(({ body }) => body?.payload);
}

describe('what goes over the wire', () => {
	it.each<[string, Record<string, unknown>, object]>([
		['sora-2-pro', {}, { prompt: 'a fox' }],
		['sora-2-pro', { seconds: '12' }, { prompt: 'a fox', seconds: '12' }],
		['sora-2-pro', { seconds: '={{ 4 }}' }, { prompt: 'a fox', seconds: '4' }],
		['wan2.6-t2v', { duration: '={{ "10" }}' }, { prompt: 'a fox', duration: 10 }],
		['wan2.6-t2v', { prompt_extend: false }, { prompt: 'a fox', prompt_extend: false }],
		['vidu-q3-pro-t2v', { seed: '={{ $json.nothing }}' }, { prompt: 'a fox' }],
		['vidu-q3-pro-t2v', { audio: '={{ $json.off }}' }, { prompt: 'a fox', audio: false }],
		[
			'minimax-tts-speech-2.8-hd',
			{ sound_effects: '(none)' },
			{ text: 'a fox', sound_effects: '' },
		],
		[
			'pixverse-v5.6-i2v',
			{ image_url: 'https://example.com/a.png' },
			{
				prompt: 'a fox',
				image_url: 'https://example.com/a.png',
				duration: '5',
				aspect_ratio: '16:9',
				quality: '540p',
			},
		],
	])('%s with %j', async (model, changes, payload) => {
		const { error } = await generate(model, changes);
		expect(error).toBeUndefined();
		expect(await sent()).toEqual([payload]);
	});

	it('sends nothing while any item has something to put right', async () => {
		const { error } = await generate(
			'wan2.7-i2v',
			{ duration: '={{ $json.n === 2 ? 99 : 5 }}' },
			{ items: 3 },
		);
		expect(error?.message).toContain('has to be a number from 2 to 15');
		expect(error?.message).toContain('[item 2]');
		expect(await sent()).toEqual([]);
	});

	it('names the right parameter for a wrong one', async () => {
		const { error } = await generate(
			'seedance-2-0-fast-260128',
			{},
			{
				parametersJson: '{ "aspect_ratio": "16:9" }',
			},
		);
		expect(error?.message).toContain('the nearest is "ratio"');
		expect(await sent()).toEqual([]);
	});
});
