// Loads a community package as n8n does when it starts: `node loadPackage.cjs <n8n-core> <package>`. The time is
// that of the package alone; what n8n itself is made of is loaded before.
const { createRequire } = require('node:module');
const path = require('node:path');

const [core, folder] = process.argv.slice(2);
const requireInN8n = createRequire(path.join(core, 'package.json'));

requireInN8n('reflect-metadata');
const { LazyPackageDirectoryLoader } = requireInN8n('n8n-core');
requireInN8n('n8n-workflow');

const before = new Set(Object.keys(require.cache));

async function main() {
	const startedAt = performance.now();
	const loader = new LazyPackageDirectoryLoader(folder);
	await loader.loadAll();
	const ms = performance.now() - startedAt;
	if (loader.types.nodes.length === 0) throw new Error(`No node in ${folder}`);
	const modules = Object.keys(require.cache).filter((file) => !before.has(file)).length;
	console.log(JSON.stringify({ ms, modules }));
}

main();
