const { spawnSync } = require('node:child_process');
const { createHash, randomUUID } = require('node:crypto');
const { existsSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

/**
 * @typedef {object} Uncaught
 * @property {'uncaughtException' | 'unhandledRejection'} origin
 * @property {string} error with its stack
 *
 * @typedef {{ rss: number, heapUsed: number, external: number, arrayBuffers: number }} Memory in bytes
 */

/** What a Node process tells about itself when it is started with `env`. */
class ProcessReport {
	constructor() {
		this.file = path.join(tmpdir(), `process-report-${randomUUID()}`);
	}

	/** For the process to be started with. */
	get env() {
		return {
			NODE_OPTIONS: `--require ${path.join(__dirname, 'reportProcess.cjs')}`,
			GMI_PROCESS_REPORT: this.file,
		};
	}

	/** Has the process collect its garbage and say what is left; the answer shows up in {@link memory}. */
	/** @param {number} pid */
	askForMemory(pid) {
		process.kill(pid, 'SIGUSR2');
	}

	/** @returns {Array<{ time: number, memory: Memory }>} oldest first */
	get memory() {
		return this.entries().filter((entry) => 'memory' in entry);
	}

	/** @returns {Uncaught[]} */
	get uncaught() {
		return this.entries().filter((entry) => 'origin' in entry);
	}

	/** @returns {any[]} */
	entries() {
		if (!existsSync(this.file)) return [];
		const lines = readFileSync(this.file, 'utf8').split('\n');
		return lines.filter(Boolean).map((line) => JSON.parse(line));
	}

	/**
	 * Runs a program to its end.
	 *
	 * @param {string} code
	 */
	runProgram(code) {
		spawnSync(process.execPath, ['-e', code], { env: { ...process.env, ...this.env } });
	}

	remove() {
		rmSync(this.file, { force: true });
	}
}

/** @param {Buffer} content */
const sha256 = (content) => createHash('sha256').update(content).digest('hex');

module.exports = { ProcessReport, sha256 };
