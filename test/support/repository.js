const { spawnSync } = require('node:child_process');
const {
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..', '..');

/** @param {string} file from the root */
function readText(file) {
	return readFileSync(path.join(ROOT, file), 'utf8');
}

/**
 * @param {string} file from the root
 * @returns {'file' | 'folder' | undefined} undefined when there is none
 */
function kindOf(file) {
	const found = statSync(path.join(ROOT, file), { throwIfNoEntry: false });
	if (found === undefined) return undefined;
	return found.isDirectory() ? 'folder' : 'file';
}

/**
 * What the check of a release says of a tag, in a folder with this version and changelog.
 *
 * @param {string} tag
 * @param {{ version: string, changelog: string }} release
 * @returns {{ passed: boolean, output: string }}
 */
function checkRelease(tag, { version, changelog }) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'release-'));
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ version }));
	writeFileSync(path.join(folder, 'CHANGELOG.md'), changelog);
	const program = path.join(ROOT, 'dev', 'checkRelease.mjs');
	const { status, stdout, stderr } = spawnSync(process.execPath, [program, tag, folder], {
		encoding: 'utf8',
	});
	rmSync(folder, { recursive: true });
	return { passed: status === 0, output: `${stdout}${stderr}`.trim() };
}

/**
 * @param {string} folder from the root
 * @returns {string[]} names in the folder
 */
function listFolder(folder) {
	return readdirSync(path.join(ROOT, folder));
}

/**
 * @param {string} folder from the root
 * @param {string} [extension] with its dot
 * @returns {string[]} paths from the root, of all depths
 */
function filesBelow(folder, extension = '') {
	return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
		.filter((file) => file.endsWith(extension) && kindOf(file) === 'file')
		.sort();
}

module.exports = { readText, kindOf, checkRelease, listFolder, filesBelow };
