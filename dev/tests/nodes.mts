// `npm run test:nodes`: the tests of `npm test` again, with the other releases of Node that n8n runs on.
import { runProgram } from '../cli.mjs';
import { installNode } from '../n8n/ownNode.mjs';
import { progressPrinter } from '../progress.mjs';
import { writeSum } from './counts.mjs';
import { runJest } from './jest.mjs';

/** n8n 1 runs on Node 20 to 24, n8n 2 on 22 and 24. */
const NODES = ['20.20.2', '22.23.3', '24.21.0'];

runProgram(async () => {
	const onProgress = progressPrinter();
	const files: string[] = [];
	let failed = false;
	for (const version of NODES.filter((node) => majorOf(node) !== majorOf(process.versions.node))) {
		const { program } = await installNode(version, onProgress);
		console.log(`\n=== Node ${version}`);
		const resultsFile = `node-${majorOf(version)}.json`;
		const code = await runJest({ args: process.argv.slice(2), resultsFile, node: program });
		failed ||= code !== 0;
		files.push(resultsFile);
	}
	writeSum(files, 'nodes.json');
	return failed ? 1 : 0;
});

function majorOf(version: string): string {
	return version.split('.')[0];
}
