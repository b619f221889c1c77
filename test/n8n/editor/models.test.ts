import { openEditor } from '../../support/browserEditor';
import { credential, sandbox } from '../../support/n8n';

let editor: Awaited<ReturnType<typeof openEditor>>;

beforeAll(async () => {
	editor = await openEditor();
});
afterAll(async () => await editor.close());

/** Everything GMI was asked since the last reset. */
const calls = () =>
	sandbox.sandbox.log.find({}).map(({ endpoint }: { endpoint: string }) => endpoint);

describe('the list of models in the editor', () => {
	it('costs one call to open and none to search', async () => {
		sandbox.sandbox.reset();
		// An account whose list n8n has not read before.
		const using = await credential({ organizationId: 'first-look' });
		await editor.openNode('gmiVideo', { resource: 'video', operation: 'generate' }, { using });
		expect(await editor.formNotice()).toBe('Choose a model to see its parameters.');
		expect(calls()).toEqual([]);

		await editor.openModelList();
		await editor.picture('model-list');
		expect(calls()).toEqual(['models']);

		expect(await editor.searchModel('kling', 'kling-v2-6')).toHaveLength(6);
		expect(await editor.searchModel('TTS', 'minimax-tts')).toContain(
			'minimax-tts-speech-2.8-hd (audio)',
		);
		expect(calls()).toEqual(['models']);
		expect(editor.problems).toEqual([]);
	});

	it('shows video models by name, and nothing else', async () => {
		await editor.openNode('gmiVideo', { resource: 'video', operation: 'generate' });

		const names = await editor.openModelList();

		expect(names).toEqual(expect.arrayContaining(['sora-2-pro', 'Veo3', 'wan2.7-i2v']));
		expect(names).toEqual(names.map((name) => name.trim()));
		for (const name of names) {
			expect(name).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/i);
			expect(name).not.toMatch(/tts|flux|seedream|\((audio|image|other)\)/i);
		}
		expect(await editor.searchModel('all', 'Flux2-Klein (image)')).not.toEqual(names);
	});

	it('says why it is empty when the key is refused', async () => {
		const using = await credential({ apiKey: 'not-a-key-anybody-has' });
		await editor.openNode('gmiVideo', { resource: 'video', operation: 'generate' }, { using });

		const words = await editor.failToOpenModelList();
		await editor.picture('model-list-refused');

		expect(words).toMatch(/could not|fetch|refused|credential/i);
		editor.problems.splice(0);
	});
});
