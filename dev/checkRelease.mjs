// `node dev/checkRelease.mjs v1.2.3 [folder]`: whether a tag may be published. Needs no package.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { PlainError, runProgram } from './cli.mjs';
import { ROOT } from './paths.mjs';

runProgram(async () => {
	const [tag, folder = ROOT] = process.argv.slice(2);
	const read = (/** @type {string} */ file) => readFileSync(path.join(folder, file), 'utf8');
	const { version } = JSON.parse(read('package.json'));
	if (tag !== `v${version}`) {
		throw new PlainError(`The tag is ${tag}, but package.json says ${version}.`);
	}
	const heading = read('CHANGELOG.md')
		.split('\n')
		.find((line) => line.startsWith(`## [${version}]`));
	if (!heading) throw new PlainError(`CHANGELOG.md has no "## [${version}] - <date>".`);
	if (!/ - \d{4}-\d{2}-\d{2}$/.test(heading)) {
		throw new PlainError(`CHANGELOG.md gives ${version} no date: ${heading}`);
	}
	console.log(`${version} may be published.`);
});
