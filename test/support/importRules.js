const { spawnSync } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..', '..');

/**
 * What the rules for imports say of a tree of files.
 *
 * @param {Record<string, string[]>} files what each file imports, both as paths from the root
 * @returns {string[]} `rule: from → to` of each import that is forbidden
 */
function forbiddenImports(files) {
	const folder = mkdtempSync(path.join(tmpdir(), 'imports-'));
	try {
		writeFileSync(path.join(folder, 'tsconfig.json'), '{}');
		for (const [file, imports] of Object.entries(files)) {
			const place = path.join(folder, file);
			mkdirSync(path.dirname(place), { recursive: true });
			const lines = imports.map((other) => {
				const from = path.relative(path.dirname(file), other).replace(/\.ts$/, '');
				return `import '${from.startsWith('.') ? from : `./${from}`}';\n`;
			});
			writeFileSync(place, lines.join(''));
		}
		const program = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
		const config = path.join(ROOT, '.dependency-cruiser.cjs');
		const { stdout, stderr } = spawnSync(
			process.execPath,
			[program, 'nodes', '--config', config, '--output-type', 'json'],
			{ cwd: folder, encoding: 'utf8' },
		);
		if (stdout === '') throw new Error(stderr);
		/** @type {Array<{ rule: { name: string }, from: string, to: string }>} */
		const violations = JSON.parse(stdout).summary.violations;
		return violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

module.exports = { forbiddenImports };
