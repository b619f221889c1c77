// What tsc does not carry into dist: icons, codex files and output schemas, and nothing else of the repository.
const { readdir, readFile, rm } = require('node:fs/promises');
const path = require('node:path');
const { spawn } = require('node:child_process');
const gulp = require('gulp');

const ASSETS = ['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

/** @param {string[]} flags */
function tsc(...flags) {
	return spawn(process.execPath, [require.resolve('typescript/bin/tsc'), ...flags], {
		stdio: 'inherit',
	});
}

function clean() {
	return rm('dist', { recursive: true, force: true });
}

function compile() {
	return tsc();
}

/** What tsc makes of a module that holds types only; nothing requires it. */
const NO_CODE =
	/^"use strict";\s*Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);\s*$/;

async function dropTypes() {
	const files = await readdir('dist', { recursive: true });
	const modules = files
		.filter((file) => file.endsWith('.js'))
		.map((file) => path.join('dist', file));
	for (const file of modules) {
		if (NO_CODE.test(await readFile(file, 'utf8'))) await rm(file);
	}
}

function assets() {
	return gulp.src(ASSETS, { base: '.' }).pipe(gulp.dest('dist'));
}

function watchAssets() {
	gulp.watch(ASSETS, assets);
	return tsc('--watch', '--preserveWatchOutput');
}

exports.assets = assets;
exports.build = gulp.series(clean, gulp.parallel(gulp.series(compile, dropTypes), assets));
exports.watch = gulp.series(clean, assets, watchAssets);
