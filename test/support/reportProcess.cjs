// Loaded into n8n: writes down errors nobody caught, and on SIGUSR2 the memory that is left after a collection.
const { appendFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const file = String(process.env.GMI_PROCESS_REPORT);
/** @param {object} entry */
const write = (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`);

// Listening to the other events would change what becomes of the error.
process.on('uncaughtExceptionMonitor', (error, origin) => {
	write({ origin, error: String(error?.stack ?? error) });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
process.on('SIGUSR2', () => {
	collectGarbage();
	write({ time: Date.now(), memory: process.memoryUsage() });
});
