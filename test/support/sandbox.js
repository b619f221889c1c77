const { spawn } = require('node:child_process');
const path = require('node:path');
const { createInterface } = require('node:readline');

/** @typedef {import('./sandboxTypes').Settings} Settings */
/** @typedef {import('./sandboxTypes').FaultSpec} FaultSpec */
/** @typedef {import('./sandboxTypes').PlanSpec} PlanSpec */
/** @typedef {import('./sandboxTypes').AddSpec} AddSpec */
/** @typedef {import('./sandboxTypes').HistorySpec} HistorySpec */
/** @typedef {import('./sandboxTypes').FinishSpec} FinishSpec */
/** @typedef {import('./sandboxTypes').LogFilter} LogFilter */
/** @typedef {import('./sandboxTypes').Sandbox} Sandbox */
/** @typedef {Pick<Sandbox, 'url' | 'storageUrl' | 'controlUrl' | 'key' | 'secondKey'>} Addresses */

const root = path.join(__dirname, '..', '..');

/**
 * Starts a process whose end is tied to this one.
 *
 * @param {Partial<Settings>} settings
 */
function launch(settings) {
	const child = spawn(
		process.execPath,
		[
			...['--import', 'tsx', path.join('dev', 'sandbox', 'main.mts')],
			...['--quiet', '--with-parent', '--settings', JSON.stringify(settings)],
		],
		{ cwd: root, stdio: ['pipe', 'pipe', 'pipe'] },
	);
	return child;
}

/**
 * Waits for the line with the addresses.
 *
 * @param {ReturnType<typeof launch>} child
 * @returns {Promise<Addresses>}
 */
function addressesOf(child) {
	return new Promise((resolve, reject) => {
		let complaint = '';
		child.stderr.on('data', (chunk) => (complaint += chunk));
		child.once('exit', () => reject(new Error(`The sandbox did not start: ${complaint}`)));
		createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
	});
}

/**
 * Starts the local GMI sandbox as a process of its own.
 *
 * @param {Partial<Settings>} [settings] Stay in force after each `reset()`.
 * @returns {Promise<Sandbox>}
 */
async function startSandbox(settings = {}) {
	const child = launch(settings);
	const addresses = await addressesOf(child);

	/**
	 * @param {string} method
	 * @param {string} command
	 * @param {unknown} [body]
	 * @returns {Promise<any>}
	 */
	const control = async (method, command, body) => {
		const response = await fetch(`${addresses.controlUrl}/${command}`, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const result = await response.json();
		if (!response.ok) throw new Error(/** @type {{ error: string }} */ (result).error);
		return result;
	};

	return {
		...addresses,
		api: `${addresses.url}/api/v1/ie/requestqueue/apikey`,
		reset: () => control('POST', 'reset'),
		configure: (changes) => control('PATCH', 'settings', changes),
		inject: async (fault) => (await control('POST', 'faults', fault)).id,
		faults: () => control('GET', 'faults'),
		clearFaults: () => control('DELETE', 'faults'),
		plan: (plan) => control('POST', 'plans', plan),
		requests: () => control('GET', 'requests'),
		finish: (id, how) => control('POST', `requests/${id}/finish`, how ?? {}),
		addRequest: async (spec) => (await control('POST', 'requests', spec ?? {})).id,
		addHistory: async (spec) => (await control('POST', 'history', spec)).ids,
		log: (filter = {}) => {
			const names = Object.entries(filter).filter(([, value]) => value !== undefined);
			return control(
				'GET',
				`log?${new URLSearchParams(names.map(([name, value]) => [name, `${value}`]))}`,
			);
		},
		clearLog: () => control('DELETE', 'log'),
		counters: () => control('GET', 'counters'),
		uploads: () => control('GET', 'uploads'),
		stop: () =>
			new Promise((resolve) => {
				if (child.exitCode !== null || child.signalCode !== null) return resolve();
				child.once('exit', () => resolve());
				child.stdin.end();
				return undefined;
			}),
	};
}

module.exports = { startSandbox };
