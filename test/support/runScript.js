const { spawn } = require('node:child_process');
const path = require('node:path');

/**
 * Runs one of package.json's scripts as a user does.
 *
 * @param {string} script
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ code: number | null, output: string }>} what it printed, errors included
 */
function runScript(script, env = {}) {
	const child = spawn('npm', ['run', '--silent', script], {
		cwd: path.join(__dirname, '../..'),
		env: { ...process.env, GMI_API_KEY: '', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	child.stdout.on('data', (chunk) => (output += chunk));
	child.stderr.on('data', (chunk) => (output += chunk));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, output }));
	});
}

module.exports = { runScript };
