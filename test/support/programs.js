const { existsSync } = require('node:fs');
const path = require('node:path');

/**
 * Whether a program is installed.
 *
 * @param {string} name
 */
function hasProgram(name) {
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	return folders.some((folder) => existsSync(path.join(folder, name)));
}

module.exports = { hasProgram };
