// What tsc does not carry into dist: icons, codex files and output schemas, and nothing else of the repository.
const { rm } = require('node:fs/promises');
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

function assets() {
	return gulp.src(ASSETS, { base: '.' }).pipe(gulp.dest('dist'));
}

function watchAssets() {
	gulp.watch(ASSETS, assets);
	return tsc('--watch', '--preserveWatchOutput');
}

exports.assets = assets;
exports.build = gulp.series(clean, gulp.parallel(compile, assets));
exports.watch = gulp.series(clean, assets, watchAssets);
