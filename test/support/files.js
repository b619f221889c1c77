const { existsSync } = require('node:fs');
const { readdir, writeFile } = require('node:fs/promises');
const path = require('node:path');

/**
 * All files in a folder, also further down.
 *
 * @param {string} folder
 * @returns {Promise<string[]>} full paths
 */
async function filesUnder(folder) {
	const entries = await readdir(folder, { withFileTypes: true, recursive: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

const parentOf = path.dirname;

module.exports = { existsSync, filesUnder, parentOf, writeFile };
