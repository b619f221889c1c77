import { searchModels } from '../../../nodes/shared/methods/listSearch';
import { getMediaParameters, getModels } from '../../../nodes/shared/methods/loadOptions';
import { getParameters } from '../../../nodes/shared/methods/resourceMapping';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { chosen, editorContext } from './editor';

let sandbox: Sandbox;
let account = 0;

/** Every test is another account, so that none finds what another one cached. */
async function connect(): Promise<{ url: string; key: string }> {
	const key = `key-${account++}`;
	await sandbox.configure({ keys: [{ key, organization: 'org' }] });
	return { url: sandbox.url, key };
}

beforeAll(async () => {
	sandbox = await startSandbox({ catalogueSize: 120 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

describe('the model drop-down', () => {
	it('opens with one call and filters without any', async () => {
		const gmi = await connect();
		const search = async (filter?: string) =>
			(await searchModels.call(editorContext(gmi), filter)).results.map(({ value }) => value);

		const opened = await search();
		expect(opened).toEqual(expect.arrayContaining(['sora-2-pro', 'Veo3']));
		expect(opened).not.toContain('seedream-5.0-lite');
		for (const filter of ['s', 'so', 'sor', 'sora']) {
			expect(await search(filter)).toContain('sora-2-pro');
		}
		expect(await search('pro sora')).toEqual(['sora-2-pro']);
		expect(await search('image')).toContain('seedream-5.0-lite');
		expect(await search('tts')).toContain('minimax-tts-speech-2.8-hd');
		expect((await sandbox.counters()).calls).toEqual({ models: 1 });
	});

	it('shows trimmed names and keeps ids verbatim', async () => {
		const { results } = await searchModels.call(editorContext(await connect()), 'wan2.5-t2v');
		expect(results).toEqual([{ name: 'wan2.5-t2v-preview', value: ' wan2.5-t2v-preview ' }]);
	});

	it('says in words that the key is refused, and asks again next time', async () => {
		const gmi = await connect();
		const refused = { ...gmi, key: 'wrong' };
		await expect(searchModels.call(editorContext(refused))).rejects.toThrow(
			/GMI Cloud refused the API key/,
		);
		await expect(searchModels.call(editorContext(refused))).rejects.toThrow(/refused/);
		expect((await sandbox.counters()).statuses.models).toEqual({ 401: 2 });
	});

	it('offers all listed models to pickers of several, video first', async () => {
		const models = await getModels.call(editorContext(await connect()));
		const kinds = models.map(({ name }) => /\((\w+)\)$/.exec(name)?.[1] ?? 'video');
		const order = ['video', 'image', 'audio', 'other'];
		expect(kinds).toEqual([...kinds].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
		expect(models.map(({ value }) => value)).not.toContain('5f0c7a1e-93b4-4d28-8e61-0ab9c4d7f352');
	});
});

describe('the form of a model', () => {
	it('exists for every model of the list, from one call each', async () => {
		const gmi = await connect();
		const { results } = await searchModels.call(editorContext(gmi), 'all');
		await sandbox.clearLog();
		for (const { value } of results) {
			const parameters = chosen(String(value));
			const { fields, emptyFieldsNotice } = await getParameters.call(
				editorContext(gmi, parameters),
			);
			expect(fields.length > 0 || Boolean(emptyFieldsNotice)).toBe(true);
			await getMediaParameters.call(editorContext(gmi, parameters));
		}
		expect(await sandbox.log({ endpoint: 'model', limit: 1000 })).toHaveLength(results.length);
	});

	it('is another one for another model', async () => {
		const gmi = await connect();
		const ids = async (model: string) =>
			(await getParameters.call(editorContext(gmi, chosen(model)))).fields.map(({ id }) => id);
		expect(await ids('sora-2-pro')).toEqual(['input_reference', 'seconds', 'size']);
		expect(await ids('new_try_on_anything_01')).toEqual(['person_image.24', 'top_image.25']);
		expect(await ids('skyreels-v4-image-to-video')).toEqual([
			'first_frame_image',
			'duration',
			'quality',
		]);
	});

	it('lists the inputs that take files', async () => {
		const context = editorContext(await connect(), chosen('kling-3-motion-control'));
		expect(await getMediaParameters.call(context)).toEqual([
			{ name: 'Image URL (image, required)', value: 'image_url' },
			{ name: 'Video URL (video, required)', value: 'video_url' },
		]);
	});

	it.each([
		['', /Choose a model/],
		['={{ $json.model }}', /expression/],
		['Sora-2-Pro', /does not know the model "Sora-2-Pro".*nearest in the list is "sora-2-pro"/],
	])('gives a notice for the model "%s"', async (model, notice) => {
		const context = editorContext(await connect(), chosen(model));
		expect(await getParameters.call(context)).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringMatching(notice),
		});
	});

	it.each([
		['no-access-404', /access/],
		['forbidden-403', /does not let this API key/],
		['unauthorized-401', /refused the API key/],
		['cloudflare-403', /network in front of GMI Cloud/],
		['error-500', /status 500/],
		['reset-before', /did not answer/],
		['truncated', /did not answer|cannot be read/],
		['json-array', /cannot be read/],
	])('says in words when the details end in %s, and not the next time', async (name, words) => {
		const context = editorContext(await connect(), chosen('Veo3'));
		await sandbox.inject({ name, endpoint: 'model' });
		const { fields, emptyFieldsNotice } = await getParameters.call(context);
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toMatch(words);
		expect((await getParameters.call(context)).fields).not.toEqual([]);
	});

	it('does not answer a form that is already filled with an empty one', async () => {
		const gmi = await connect();
		const parameters = {
			...chosen('gone'),
			parameters: {
				mappingMode: 'defineBelow',
				value: { seconds: '4' },
				schema: [{ id: 'seconds' }],
			},
		};
		await expect(getParameters.call(editorContext(gmi, parameters))).rejects.toThrow(
			/does not know the model "gone"/,
		);
	});

	it('shows names from outside as text, not as HTML', async () => {
		const context = editorContext(await connect(), chosen('<img src=x onerror=alert(1)>'));
		const { emptyFieldsNotice } = await getParameters.call(context);
		expect(emptyFieldsNotice).not.toContain('<img');
	});

	it('offers no inputs before a model is chosen', async () => {
		const gmi = await connect();
		expect(await getMediaParameters.call(editorContext(gmi))).toEqual([]);
		expect(await getMediaParameters.call(editorContext(gmi, chosen('={{ 1 }}')))).toEqual([]);
		expect((await sandbox.counters()).calls).toEqual({});
	});
});
