import { openEditor } from '../../support/browserEditor';
import { sandbox } from '../../support/n8n';

let editor: Awaited<ReturnType<typeof openEditor>>;

beforeAll(async () => {
	editor = await openEditor({ viewport: { width: 1440, height: 1400 } });
});
beforeEach(() => {
	sandbox.sandbox.reset();
	editor.problems.splice(0);
});
afterEach(() => expect(editor.problems).toEqual([]));
afterAll(async () => await editor.close());

const generate = (parameters = {}) => ({
	resource: 'video',
	operation: 'generate',
	prompt: 'A kite',
	...parameters,
});
const model = (value: string) => ({ model: { __rl: true, mode: 'list', value } });

describe('the form of a model', () => {
	it('is that of the model that is picked, three times over', async () => {
		await editor.openNode('gmiVideo', generate());

		await editor.pickModel('wan2.7-i2v');
		expect(await editor.formLabels('Resolution (default 1080P)')).toEqual([
			'Negative Prompt',
			'First Frame (image URL)',
			'Last Frame (image URL)',
			'Driving Audio (URL)',
			'First Clip (video URL)',
			'Resolution (default 1080P)',
			'Duration (2–15 s, default 5)',
			'Prompt Extend (default on)',
			'Watermark (default off)',
			'Seed (0–2147483647)',
		]);
		await editor.picture('form-wan');

		await editor.pickModel('sora-2-pro');
		expect(await editor.formLabels('Seconds (default 8)')).toEqual([
			'Input Reference (image URL)',
			'Seconds (default 8)',
			'Size (default 1792x1024)',
		]);
		await editor.picture('form-sora');

		await editor.pickModel('pixverse-v5.6-i2v');
		const labels = await editor.formLabels('Quality (default 540p)');
		expect(labels.slice(0, 4)).toEqual([
			'Duration (default 5 s)',
			'Aspect Ratio (default 16:9)',
			'Quality (default 540p)',
			'Image URL (required, or Media Input)',
		]);
		expect(labels).not.toContain('Prompt');
		await editor.picture('form-pixverse');

		const read = sandbox.sandbox.log.find({ endpoint: 'model' });
		expect(read.length).toBeLessThanOrEqual(3);
	});

	it('is there again when the node is opened again, without a call', async () => {
		await editor.openNode('gmiVideo', generate(model('sora-2-pro')));
		await editor.formLabels('Seconds (default 8)');
		sandbox.sandbox.reset();

		await editor.page.keyboard.press('Escape');
		await editor.openPanel();

		expect(await editor.formLabels('Seconds (default 8)')).toHaveLength(3);
		expect(sandbox.sandbox.log.find({})).toEqual([]);
	});

	it('offers the values of a parameter', async () => {
		await editor.openNode('gmiVideo', generate(model('sora-2-pro')));
		await editor.formLabels('Seconds (default 8)');

		expect(await editor.entriesOf('seconds')).toEqual(['4', '8', '12']);
	});

	it.each([
		['without parameters', 'Gemini-batch-inference', /lists no parameters for "Gemini-batch/],
		['that is gone', 'no-such-model', /does not know the model "no-such-model"/],
		['whose details fail to load', 'Luma-Ray2', /GMI Cloud answered with status 500/],
	])('gives way to a notice for a model %s', async (_, id, words) => {
		sandbox.sandbox.faults.inject({
			name: 'error-500',
			endpoint: 'model',
			path: 'Luma-Ray2',
			times: 'forever',
		});
		await editor.openNode('gmiVideo', generate(model(id)));

		const notice = await editor.formNotice();
		await editor.picture(`notice-${id}`);

		expect(notice).toMatch(words);
		expect(notice).toContain('Parameters can still be written as JSON');
	});

	it('is put away in JSON mode', async () => {
		await editor.openNode('gmiVideo', generate(model('sora-2-pro')));
		await editor.formLabels('Seconds (default 8)');

		await editor.choose('parameterMode', 'Using JSON');

		const { page, byId } = editor;
		await page.locator(byId('resource-mapper-container')).waitFor({ state: 'detached' });
		expect(await page.locator(byId('parameter-input-parametersJson')).isVisible()).toBe(true);
	});
});

describe('media inputs', () => {
	it("offer the chosen model's own media parameters", async () => {
		await editor.openNode('gmiVideo', generate(model('wan2.7-i2v')));
		await editor.page.locator(editor.byId('fixed-collection-add')).first().click();

		expect(await editor.entriesOf('parameter')).toEqual([
			'First Frame (image)',
			'Last Frame (image)',
			'Driving Audio (audio)',
			'First Clip (video)',
		]);
		await editor.picture('media-inputs');
	});
});
