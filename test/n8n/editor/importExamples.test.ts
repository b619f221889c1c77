import { openBrowser } from '../../support/browser';
import { n8n } from '../../support/n8n';
import { filesBelow, readText } from '../../support/repository';

type Browser = Awaited<ReturnType<typeof openBrowser>>;

let browser: Browser;

beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(async () => await browser.close());

const NOTE = 'n8n-nodes-base.stickyNote';

it.each(filesBelow('examples', '.json'))('the editor takes %s', async (file) => {
	const text = readText(file);
	const { nodes } = JSON.parse(text) as { nodes: Array<{ name: string; type: string }> };
	const { page, problems } = browser;
	problems.length = 0;
	await page.goto(`${n8n.url}/workflow/new`);
	await page.locator("[data-test-id='workflow-import-input']").setInputFiles(file);

	const names = nodes.filter(({ type }) => type !== NOTE).map(({ name }) => name);
	const onCanvas = page.locator("[data-test-id='canvas-node']");
	await onCanvas.getByText(names.at(-1)!, { exact: true }).first().waitFor();
	const shown = (await onCanvas.allInnerTexts()).join('\n');
	for (const name of names) expect(shown).toContain(name);
	expect(await page.locator("[data-test-id='sticky']").count()).toBe(1);
	expect(shown).not.toMatch(/install this node|unknown/i);
	expect(problems).toEqual([]);
});
