const { existsSync } = require('node:fs');
const path = require('node:path');

const folder = process.env.GMI_HOSTS_DIR ?? path.join(__dirname, '..', '..', '.hosts');

/** What n8n 2.41 needs for its durable polls, which are off by default. */
const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/**
 * The n8n to test with: the usual one, the oldest where it is installed, and with GMI_DURABLE_POLLS=1 the
 * usual one with durable polls.
 *
 * @type {Array<{ name: string, version: string, env?: Record<string, string> }>}
 */
const hosts = [
	{ name: '2.41.1', version: '2.41.1' },
	...(existsSync(path.join(folder, '1.123.81', '.complete'))
		? [{ name: '1.123.81', version: '1.123.81' }]
		: []),
	...(process.env.GMI_DURABLE_POLLS
		? [{ name: '2.41.1 with durable polls', version: '2.41.1', env: DURABLE }]
		: []),
];

module.exports = { hosts };
