const { launchChromium } = require('./browserLaunch');

const testBed = /** @type {import('./testBed').TestBed} */ (require('./testBed').get());

/** @typedef {import('playwright-core').Page} Page */

const PATIENCE_MS = 20_000;

/** n8n's session, as its client keeps it. */
function sessionCookie() {
	const { http } = /** @type {any} */ (testBed.client);
	const [name, ...value] = http.cookie.split('=');
	return { name, value: value.join('='), url: testBed.n8n.url };
}

/**
 * A browser page that is logged in to n8n.
 *
 * `problems` collects what a user would find in the browser's console: errors, warnings about our package,
 * failed calls. `close` ends the browser.
 *
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function openBrowser(options = {}) {
	const browser = await launchChromium();
	const context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
		...options,
	});
	await context.addCookies([sessionCookie()]);
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return { page, problems: watchForProblems(page), close: () => browser.close() };
}

/** What n8n 1 complains about whatever is open: a feature not in its licence, a workflow that never ran, … */
const OWN_PROBLEM_OF_N8N_1 =
	/\/ai\/sessions\/metadata|Failed to fetch sessions metadata|\/executions\/last-successful|\/schemas\/n8n-nodes-base\./;

/** @param {Page} page */
function watchForProblems(page) {
	/** @type {string[]} */
	const problems = [];
	const note = (/** @type {string} */ problem, source = '') => {
		if (!OWN_PROBLEM_OF_N8N_1.test(`${problem} ${source}`)) problems.push(problem);
	};
	page.on('pageerror', (error) => note(error.message));
	page.on('console', (message) => {
		if (message.type() === 'error') note(message.text(), message.location().url);
	});
	page.on('response', (response) => {
		if (response.status() >= 400) note(`${response.status()} ${response.url()}`);
	});
	return problems;
}

module.exports = { openBrowser };
