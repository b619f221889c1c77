const { readFileSync } = require('node:fs');
const path = require('node:path');

/**
 * A body as GMI's documents print it or as it was seen in production.
 *
 * @param {string} name
 * @returns {Record<string, unknown>}
 */
function recorded(name) {
	return JSON.parse(readFileSync(path.join(__dirname, 'recorded', `${name}.json`), 'utf8'));
}

module.exports = { recorded };
