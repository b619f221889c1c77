const { mkdirSync } = require('node:fs');
const path = require('node:path');

const { openBrowser } = require('./browser');
const { client, credential, n8n } = require('./n8n');

/** Pictures of a run are left here, for people to look at. */
const PICTURES = path.join(__dirname, '..', '..', 'out', 'browser');

const PATIENCE_MS = 20_000;
const ATTEMPTS = 4;

const PACKAGE = 'n8n-nodes-gmicloud';
const START = 'Start';
const NODE = 'Under test';

/** @typedef {{ isTrigger?: boolean, using?: { id: string, name: string } }} Setting */

/** @param {string} id */
const byId = (id) => `[data-test-id='${id}']`;

/**
 * n8n's editor in a browser, with the words of a user. A test file opens one and closes it.
 *
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function openEditor(options) {
	const { page, problems, close } = await openBrowser(options);
	mkdirSync(PICTURES, { recursive: true });

	/**
	 * Makes a workflow, a manual trigger and one node of the package, and opens it on the canvas.
	 *
	 * @param {string} name such as `gmiVideo`
	 * @param {Record<string, unknown>} parameters
	 * @param {Setting} [setting]
	 */
	async function openWorkflow(name, parameters, { isTrigger = false, using } = {}) {
		const { id, name: credentialName } = using ?? (await credential());
		const node = {
			id: 'node',
			name: NODE,
			type: `${PACKAGE}.${name}`,
			typeVersion: 1,
			position: [220, 0],
			parameters,
			credentials: { gmiCloudApi: { id, name: credentialName } },
		};
		const start = {
			id: 'start',
			name: START,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const workflowId = await client.createWorkflow({
			name: 'In the editor',
			nodes: isTrigger ? [node] : [start, node],
			connections: isTrigger
				? {}
				: { [START]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		});
		await page.goto(`${n8n.url}/workflow/${workflowId}`);
		await canvasNode().waitFor();
		return workflowId;
	}

	const canvasNode = () => page.locator(byId('canvas-node')).filter({ hasText: NODE });

	/** Opens the panel of the node on the canvas. */
	async function openPanel() {
		for (let attempt = 1; ; attempt++) {
			// An overlay of the canvas catches clicks that are not forced.
			await canvasNode().dblclick({ force: true });
			try {
				// A click while the canvas still moves is lost.
				await page.locator(byId('node-parameters')).waitFor({ timeout: PATIENCE_MS / ATTEMPTS });
				return;
			} catch (error) {
				if (attempt === ATTEMPTS) throw error;
			}
		}
	}

	/**
	 * A workflow with a node that is open.
	 *
	 * @param {string} name
	 * @param {Record<string, unknown>} parameters
	 * @param {Setting} [setting]
	 */
	async function openNode(name, parameters, setting) {
		await openWorkflow(name, parameters, setting);
		await openPanel();
	}

	const entries = () => page.locator(`${byId('rlc-item')}:visible`);

	async function openModelList() {
		await page.locator(`${byId('resource-locator-model')} ${byId('rlc-input')}`).click();
		await entries().first().waitFor();
		return await entries().allInnerTexts();
	}

	/** Opens the list where it cannot be had. */
	async function failToOpenModelList() {
		await page.locator(`${byId('resource-locator-model')} ${byId('rlc-input')}`).click();
		const error = page.locator(`${byId('rlc-error-container')}:visible`);
		await error.waitFor();
		return await error.innerText();
	}

	/**
	 * Types into the search of the open list, key by key, and waits until the list shows this entry.
	 *
	 * @param {string} text
	 * @param {string} entry
	 */
	async function searchModel(text, entry) {
		const search = page.locator(`${byId('rlc-search')}:visible`);
		const field = (await search.locator('input').count()) > 0 ? search.locator('input') : search;
		await field.fill('');
		await field.pressSequentially(text, { delay: 60 });
		await entries().filter({ hasText: entry }).first().waitFor();
		// The editor asks once the typing has paused.
		await page.waitForTimeout(700);
		return await entries().allInnerTexts();
	}

	/**
	 * Picks a model as a user does: opens the list, types, clicks.
	 *
	 * @param {string} model
	 */
	async function pickModel(model) {
		await openModelList();
		await searchModel(model, model);
		await entries().getByText(model, { exact: true }).first().click();
	}

	/** Labels of the model's form, once it shows this one. */
	async function formLabels(/** @type {string} */ awaited) {
		const form = page.locator(`${byId('resource-mapper-container')} label`);
		const titles = form.locator('span.n8n-text').filter({ hasText: /\S/ });
		await titles.getByText(awaited, { exact: true }).first().waitFor();
		const texts = (await titles.allInnerTexts()).map((text) => text.trim());
		return [...new Set(texts)].filter((text) => text !== 'Model Parameters');
	}

	/** The notice that stands in place of a form. */
	async function formNotice() {
		return await page.locator(byId('empty-fields-notice')).innerText();
	}

	/** Opens an ordinary drop-down; clicks again when it was still loading its entries. */
	async function openDropDown(/** @type {string} */ parameter) {
		const items = page.locator('.el-select-dropdown__item:visible');
		const box = page.locator(byId(`parameter-input-${parameter}`)).first();
		for (let attempt = 1; ; attempt++) {
			await box.click();
			try {
				await items.first().waitFor({ timeout: 3000 });
				return items;
			} catch (error) {
				if (attempt === 3) throw error;
			}
		}
	}

	/**
	 * Chooses an entry of an ordinary drop-down.
	 *
	 * @param {string} parameter
	 * @param {string} entry
	 */
	async function choose(parameter, entry) {
		await (await openDropDown(parameter)).getByText(entry).first().click();
	}

	/** The entries of an ordinary drop-down, which stays open. */
	async function entriesOf(/** @type {string} */ parameter) {
		return await (await openDropDown(parameter)).allInnerTexts();
	}

	/** Runs the open node by its own button, and waits for the end. */
	async function executeStep() {
		await page.locator(byId('node-execute-button')).click();
		await page
			.locator(`${byId('node-run-status-success')}, ${byId('node-run-status-danger')}`)
			.or(outputPanel().getByText('Error details'))
			.first()
			.waitFor();
	}

	const outputPanel = () => page.locator(byId('output-panel'));

	/** Leaves a picture in `out/browser`. */
	async function picture(/** @type {string} */ name) {
		await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
	}

	return {
		page,
		problems,
		close,
		byId,
		canvasNode,
		choose,
		entriesOf,
		executeStep,
		failToOpenModelList,
		formLabels,
		formNotice,
		openModelList,
		openNode,
		openPanel,
		openWorkflow,
		outputPanel,
		pickModel,
		picture,
		searchModel,
	};
}

module.exports = { openEditor };
