import { openEditor } from '../../support/browserEditor';
import { keyRefused, sandbox, version } from '../../support/n8n';

let editor: Awaited<ReturnType<typeof openEditor>>;

beforeAll(async () => {
	editor = await openEditor();
});
afterAll(async () => await editor.close());

describe('a new credential in the editor', () => {
	it('is refused in words, then passes with the right key', async () => {
		const { byId, page } = editor;
		const field = (name: string) => page.locator(`${byId(`parameter-input-${name}`)} input`);
		const save = page.locator(byId('credential-save-button'));
		await editor.openNode('gmiVideo', { resource: 'video', operation: 'generate' });

		await page.locator(byId('node-credentials-select')).click();
		await page.locator(byId('node-credentials-select-item-new')).click();
		await page.waitForFunction(
			([selector, value]) => document.querySelector<HTMLInputElement>(selector)?.value === value,
			[`${byId('parameter-input-baseUrl')} input`, 'https://console.gmicloud.ai'],
		);
		expect(await field('apiKey').getAttribute('type')).toBe('password');
		await field('baseUrl').fill(sandbox.url);
		await field('apiKey').fill('not-a-key-anybody-has');
		await save.click();
		await page.getByText('More details').click();
		await page.getByText(keyRefused).first().waitFor();
		await editor.picture('credential-refused');

		await field('apiKey').fill(sandbox.key);
		await save.click();
		await page
			.getByText(/Credential saved|Connection tested successfully/)
			.first()
			.waitFor();
		// n8n 2 closes the dialog by itself.
		const close = page.locator(`${byId('editCredential-modal')} .el-dialog__headerbtn`);
		if (version.startsWith('1.')) await close.click();
		await page.locator(byId('node-credentials-select')).waitFor();
		await editor.picture('credential-saved');

		await editor.openModelList();
		expect(editor.problems).toEqual([]);
	});
});
