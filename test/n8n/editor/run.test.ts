import { openEditor } from '../../support/browserEditor';
import { sandbox } from '../../support/n8n';

let editor: Awaited<ReturnType<typeof openEditor>>;

beforeAll(async () => {
	editor = await openEditor();
});
beforeEach(() => {
	sandbox.sandbox.reset();
	editor.problems.splice(0);
});
afterEach(() => expect(editor.problems).toEqual([]));
afterAll(async () => await editor.close());

const PARAMETERS = {
	resource: 'video',
	operation: 'generate',
	model: { __rl: true, mode: 'list', value: 'seedance-2-0-fast-260128' },
	prompt: 'A paper boat drifts down a rainy street at dusk',
};

/** What a viewer notices of the video on the page. */
function watchVideo() {
	return editor.page.locator('video').evaluate(
		async (video) =>
			await new Promise<{ width: number; seconds: number; failed: boolean }>((resolve) => {
				const element = video as HTMLVideoElement;
				const tell = () =>
					resolve({
						width: element.videoWidth,
						seconds: element.duration,
						failed: element.error !== null,
					});
				if (element.readyState >= 3) tell();
				element.addEventListener('canplay', tell);
				element.addEventListener('error', tell, true);
			}),
	);
}

describe('a run in the editor', () => {
	it('ends with a video that plays in the output panel', async () => {
		await editor.openNode('gmiVideo', PARAMETERS);
		await editor.formLabels('Seed (0–4294967295)');

		await editor.executeStep();
		await editor.page.locator(editor.byId('ndv-view-binary-data')).click();

		expect(await watchVideo()).toEqual({ width: 1280, seconds: 5, failed: false });
		await editor.picture('video');
		expect(sandbox.sandbox.log.find({ endpoint: 'submit' })).toMatchObject([
			{ body: { payload: { prompt: PARAMETERS.prompt } } },
		]);
	});

	it('sends what was chosen in the form, and nothing beside it', async () => {
		await editor.openNode('gmiVideo', PARAMETERS);
		await editor.formLabels('Seed (0–4294967295)');

		await editor.choose('resolution', '480p');
		const field = (name: string) => editor.page.locator(editor.byId(`parameter-input-${name}`));
		await field('duration').locator('input').fill('4');
		await field('watermark').click();
		await editor.executeStep();

		const [{ body }] = sandbox.sandbox.log.find({ endpoint: 'submit' });
		expect(body.payload).toEqual({
			prompt: PARAMETERS.prompt,
			duration: 4,
			resolution: '480p',
			watermark: true,
		});
	});

	it('shows why a request failed, and which one it was', async () => {
		sandbox.sandbox.plans.add({ ends: 'failed', reason: 'The prompt names a celebrity' });
		await editor.openNode('gmiVideo', PARAMETERS);
		await editor.formLabels('Seed (0–4294967295)');

		await editor.executeStep();
		await editor.picture('failed-request');

		const [{ id }] = sandbox.sandbox.queue.jobs;
		const words = await editor.outputPanel().innerText();
		expect(words).toContain('The video request failed at GMI Cloud: The prompt names a celebrity');
		expect(words).toContain(id);
	});

	it('names a wrong value before anything is paid', async () => {
		await editor.openNode('gmiVideo', {
			...PARAMETERS,
			parameterMode: 'json',
			parametersJson: '{ "aspect_ratio": "16:9" }',
		});

		await editor.executeStep();
		await editor.picture('wrong-parameter');

		const words = await editor.outputPanel().innerText();
		expect(words).toContain('aspect_ratio');
		expect(words).toContain('ratio');
		expect(sandbox.sandbox.log.find({ endpoint: 'submit' })).toEqual([]);
	});
});

describe('the icon', () => {
	it.each([
		['light', 'gmi.svg'],
		['dark', 'gmi.dark.svg'],
	] as const)('in %s mode is %s', async (colorScheme, file) => {
		await editor.page.emulateMedia({ colorScheme });
		await editor.openWorkflow('gmiVideo', PARAMETERS);

		const icon = editor.canvasNode().locator('img').first();
		await icon.waitFor();
		expect(await icon.getAttribute('src')).toContain(`/${file}`);
		const width = await icon.evaluate((image) => (image as HTMLImageElement).naturalWidth);
		expect(width).toBeGreaterThan(0);
		await editor.picture(`canvas-${colorScheme}`);
	});
});
