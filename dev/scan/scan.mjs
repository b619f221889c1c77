// n8n's own check of community packages, as it runs on publishing: `node dev/scan/scan.mjs source|published <folder>`.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const PATTERNS = { source: SOURCE_FILE_PATTERNS, published: ['**/*.js', 'package.json'] };

const [kind, folder] = process.argv.slice(2);
const patterns = PATTERNS[/** @type {keyof typeof PATTERNS} */ (kind)];
const result = await analyzePackage(folder, patterns);
console.log(result.passed ? 'passed' : JSON.stringify(result, null, 2));
process.exitCode = result.passed ? 0 : 1;
