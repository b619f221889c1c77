const { execFileSync, spawnSync } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');
const nodesFolder = path.join(root, 'nodes');

/**
 * Builds the package, packs it as for publishing and unpacks it in a folder of its own.
 *
 * @returns {{ folder: string, files: string[], bytes: number, remove: () => void }} `bytes`: size of the tarball
 */
function buildPackage() {
	// Below node_modules, so that the package finds n8n-workflow as it does in n8n.
	const cache = path.join(root, 'node_modules', '.cache');
	mkdirSync(cache, { recursive: true });
	const scratch = mkdtempSync(path.join(cache, 'package-'));
	const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
		execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	run(process.execPath, path.join(root, 'node_modules', 'gulp', 'bin', 'gulp.js'), 'build');
	const [packed] = JSON.parse(
		run('npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', scratch),
	);
	run('tar', '-xzf', path.join(scratch, packed.filename), '-C', scratch);
	return {
		folder: path.join(scratch, 'package'),
		files: packed.files.map((/** @type {{ path: string }} */ file) => file.path),
		bytes: packed.size,
		remove: () => rmSync(scratch, { recursive: true, force: true }),
	};
}

/**
 * The modules of an unpacked package that are loaded when n8n loads its nodes and credentials.
 *
 * @param {string} folder
 * @returns {string[]} paths in the package
 */
function loadedModules(folder) {
	const program = `
		const { n8n } = require('./package.json');
		for (const entry of [...n8n.nodes, ...n8n.credentials]) require('./' + entry);
		const own = Object.keys(require.cache).map((file) => require('path').relative('.', file));
		console.log(JSON.stringify(own.filter((file) => file.startsWith('dist/'))));`;
	const output = execFileSync(process.execPath, ['-e', program], { cwd: folder, encoding: 'utf8' });
	return JSON.parse(output);
}

/**
 * What n8n's own scan says of a folder.
 *
 * @param {'source' | 'published'} kind
 * @param {string} [folder] this repository when left out
 * @returns {string} `passed`, or what is wrong
 */
function scan(kind, folder = root) {
	const program = path.join(root, 'dev', 'scan', 'scan.mjs');
	const { stdout, stderr } = spawnSync(process.execPath, [program, kind, folder], {
		encoding: 'utf8',
		// The scan's rules behave otherwise under jest's NODE_ENV.
		env: { ...process.env, NODE_ENV: 'production' },
	});
	return stdout.trim() || stderr;
}

module.exports = { scan, buildPackage, loadedModules, nodesFolder };
