const KEY = Symbol.for('n8n-nodes-gmicloud.testBed');

/**
 * What `dev/n8n/testBed.mts` opened, as far as its types matter here.
 *
 * @typedef {object} TestBed
 * @property {RunningN8n} n8n
 * @property {Client} client
 * @property {{ url: string, key: string, secondKey: string, sandbox: any }} sandbox
 * @property {string} tarball
 * @property {string} version of n8n
 * @property {(options?: object) => Promise<RunningN8n>} startAnother with data of its own
 * @property {(options?: object) => Promise<QueueMode>} startQueueMode one main and two workers
 * @property {(url: string) => Promise<Client>} connect
 * @property {{ peak: (pid: number) => number, resetPeak: (pid: number) => void }} memory in bytes
 * @property {typeof import('./standIns')} standIns
 * @property {() => string[]} left files and folders of all n8ns of this run
 * @property {(places: string[], keys: Record<string, string>) => Promise<{ leaks: Leak[], files: number, bytes: number }>} findLeaks
 * @property {() => Promise<void>} close
 *
 * @typedef {{ file: string, what: string, before: string }} Leak
 * @typedef {{ id: string, name: string, type: string }} Credential
 *
 * @typedef {object} RunningN8n
 * @property {string} url
 * @property {number} pid
 * @property {string} log
 * @property {string} userFolder
 * @property {() => Promise<void>} kill9
 * @property {() => Promise<void>} start
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} restart
 *
 * @typedef {object} QueueMode
 * @property {RunningN8n} main
 * @property {RunningN8n[]} workers
 * @property {{ kill9: () => Promise<void>, start: () => Promise<void> }} redis
 * @property {() => Promise<RunningN8n>} addWorker with an empty data folder
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Client
 * @property {(type: string, name: string, data: object) => Promise<Credential>} createCredential
 * @property {(credential: { id: string }) => Promise<{ status: 'OK' | 'Error', message: string }>} testCredential
 * @property {(workflow: object) => Promise<string>} createWorkflow
 * @property {(workflowId: string) => Promise<void>} activate
 * @property {(workflowId: string) => Promise<void>} deactivate
 * @property {(path: string, body?: unknown) => Promise<{ status: number, body: any }>} runWebhook
 * @property {(workflowId: string, limit?: number) => Promise<any[]>} executions
 * @property {(workflowId: string) => Promise<any[]>} openExecutions
 * @property {(id: string) => Promise<any>} execution
 * @property {(workflowId: string, seconds?: number) => Promise<any>} lastExecution
 * @property {(workflowId: string, seconds?: number) => Promise<string>} runningExecution
 * @property {(id: string) => Promise<void>} stopExecution
 * @property {(id: string) => Promise<void>} retryExecution
 * @property {(file: object) => Promise<Buffer>} downloadBinary
 * @property {(node: object, filter?: string, paginationToken?: string) => Promise<any>} resourceLocatorResults
 * @property {(node: object) => Promise<any>} resourceMapperFields
 * @property {(node: object) => Promise<any[]>} options
 */

/** Global setup, environment and tests each see another `globalThis`; this is how the test bed gets along. */
const holder = /** @type {{ [KEY]?: TestBed }} */ (globalThis);

module.exports = {
	/** @returns {TestBed | undefined} */
	get: () => holder[KEY],

	/** @param {TestBed | undefined} testBed */
	set(testBed) {
		holder[KEY] = testBed;
	},

	/** @param {object} other the `globalThis` of a test file */
	handTo(other) {
		Object.assign(other, { [KEY]: holder[KEY] });
	},
};
