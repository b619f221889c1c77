const { spawnSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..', '..');

/**
 * What the bench writes about results.
 *
 * @param {object} results
 * @returns {{ page: string, picture: string }} Markdown and SVG
 */
function writeReport(results) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-report-'));
	try {
		const file = path.join(folder, 'results.json');
		writeFileSync(file, JSON.stringify(results));
		const args = ['--import', 'tsx', 'bench/report/main.mts', file, folder];
		const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
		if (status !== 0) throw new Error(stderr);
		return {
			page: readFileSync(path.join(folder, 'bench.md'), 'utf8'),
			picture: readFileSync(path.join(folder, 'pictures/bench.svg'), 'utf8'),
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}

module.exports = { writeReport };
