const standIns = require('./standIns');
const testBed = require('./testBed');

/** Starts the sandbox and the n8n that serve the whole run. */
module.exports = async () => {
	const { tsImport } = await import('tsx/esm/api');
	const { openTestBed } = await tsImport('../../dev/n8n/testBed.mts', __filename);
	const { progressPrinter } = await tsImport('../../dev/progress.mjs', __filename);
	const opened = await openTestBed(progressPrinter(process.stderr));
	// Required here, outside jest's own module system, which cannot load their libraries.
	testBed.set({ ...opened, standIns });
};
