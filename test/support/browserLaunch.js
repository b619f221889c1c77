const { existsSync } = require('node:fs');

const { chromium } = require('playwright-core');

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

function programOf() {
	const program = [process.env.CHROMIUM ?? '', ...PROGRAMS].find(
		(file) => file && existsSync(file),
	);
	if (program) return program;
	throw new Error(
		'No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM.',
	);
}

/** Starts Debian's or the user's own Chromium, without a window. */
async function launchChromium() {
	return await chromium.launch({ executablePath: programOf(), args: FLAGS });
}

module.exports = { launchChromium };
