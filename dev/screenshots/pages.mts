import path from 'node:path';

import type { Page } from 'playwright-core';

import { ROOT } from '../paths.mjs';

const FOLDER = path.join(ROOT, 'docs/pictures');
const QUALITY = 75;

/** A CSS selector for what n8n's own tests call by this name. */
const byId = (id: string) => `[data-test-id='${id}']`;

/** The editor as the pictures need it. */
export class Pages {
	constructor(
		private readonly page: Page,
		private readonly n8nUrl: string,
	) {}

	async openCanvas(workflowId: string): Promise<void> {
		await this.page.goto(`${this.n8nUrl}/workflow/${workflowId}`);
		await this.page.locator(byId('canvas-node')).first().waitFor();
		await this.page.locator(byId('zoom-to-fit')).click();
		await this.settle();
	}

	async openNode(name: string, field: string): Promise<void> {
		const node = this.page.locator(byId('canvas-node')).filter({ hasText: name });
		await node.dblclick({ force: true });
		await this.page.getByText(field, { exact: true }).first().waitFor();
		await this.settle();
	}

	async openModelList(): Promise<void> {
		await this.page.locator(`${byId('resource-locator-model')} ${byId('rlc-input')}`).click();
		await this.page.locator(byId('rlc-item')).first().waitFor();
		await this.settle();
	}

	async choose(parameter: string, entry: string): Promise<void> {
		await this.page
			.locator(byId(`parameter-input-${parameter}`))
			.first()
			.click();
		const items = this.page.locator(`${byId('parameter-input-item')}:visible`);
		await items.getByText(entry, { exact: true }).first().click();
	}

	async runAndView(): Promise<void> {
		await this.page.locator(byId('node-execute-button')).click();
		await this.page.locator(byId('ndv-view-binary-data')).click();
		await this.page.waitForFunction('document.querySelector("video")?.currentTime > 1.5');
		await this.page.evaluate('document.querySelector("video").pause()');
		await this.page.getByText('Node executed successfully').waitFor({ state: 'hidden' });
	}

	async close(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.keyboard.press('Escape');
	}

	/** Puts a line of the open form at its top. */
	async scrollTo(text: string): Promise<void> {
		const line = this.page.getByText(text, { exact: true }).first();
		await line.evaluate('(element) => element.scrollIntoView()');
		await this.settle();
	}

	/** @returns the file */
	async picture(name: string): Promise<string> {
		const file = path.join(FOLDER, `${name}.jpg`);
		await this.page.mouse.move(0, 0);
		await this.page.screenshot({ path: file, type: 'jpeg', quality: QUALITY });
		return file;
	}

	/** Lets n8n's animations end. */
	private async settle(): Promise<void> {
		await this.page.waitForTimeout(1200);
	}
}
