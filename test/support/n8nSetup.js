const testBed = require('./testBed');

/** Starts the sandbox and the n8n that serve the whole run. */
module.exports = async () => {
	// @ts-expect-error the types of tsx need another module resolution
	const { tsImport } = await import('tsx/esm/api');
	const { openTestBed } = await tsImport('../../dev/n8n/testBed.mts', __filename);
	const { progressPrinter } = await tsImport('../../dev/progress.mjs', __filename);
	testBed.set(await openTestBed(progressPrinter(process.stderr)));
};
