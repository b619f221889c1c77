const { existsSync } = require('node:fs');
const path = require('node:path');

const folder = process.env.GMI_HOSTS_DIR ?? path.join(__dirname, '..', '..', '.hosts');

/** The versions of n8n to test with: the usual one, and the oldest where it is installed. */
const versions = ['2.41.1', '1.123.81'].filter(
	(version, i) => i === 0 || existsSync(path.join(folder, version, '.complete')),
);

module.exports = { versions };
