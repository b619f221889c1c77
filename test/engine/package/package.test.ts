import { PackageDirectoryLoader } from 'n8n-core';

import manifest from '../../../package.json';
import { buildPackage, loadedModules, scan } from '../../support/builtPackage';
import { filesBelow } from '../../support/repository';

/** One for each operation of GMI Video, and one for each other node. */
const OUTPUT_SCHEMAS = 8 + 2;

let built: ReturnType<typeof buildPackage>;

beforeAll(() => {
	built = buildPackage();
}, 120_000);
afterAll(() => built.remove());

it('packs what n8n loads, and README, LICENSE and CHANGELOG, and nothing else', () => {
	const assets = [...filesBelow('icons', '.svg'), ...filesBelow('nodes', '.json')].map(
		(file) => `dist/${file}`,
	);
	expect([...built.files].sort()).toEqual(
		[
			...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'],
			...assets,
			...loadedModules(built.folder),
		].sort(),
	);
	expect(assets).toHaveLength(2 + 3 + OUTPUT_SCHEMAS);
	expect(built.bytes).toBeLessThan(150_000);
});

it("is loaded by n8n's own loader with icons, codex and credential", async () => {
	const loader = new PackageDirectoryLoader(built.folder);
	await loader.loadAll();

	expect(loader.types.credentials.map(({ name }) => name)).toEqual(['gmiCloudApi']);
	expect(loader.types.nodes.map(({ name }) => name)).toHaveLength(manifest.n8n.nodes.length);
	for (const node of loader.types.nodes) {
		expect(node.iconUrl).toMatchObject({ light: expect.any(String), dark: expect.any(String) });
		expect(node.codex?.categories?.length).toBeGreaterThan(0);
		expect(node.credentials?.[0].name).toBe('gmiCloudApi');
	}
});

it('has no runtime dependency and nothing that runs on install', () => {
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const scripts = Object.keys(manifest.scripts);
	expect(scripts.filter((name) => /^(pre|post)?(install|prepare|publish)$/.test(name))).toEqual([]);
});

it("passes n8n's own scan, as source and as published", () => {
	expect(scan('source')).toBe('passed');
	expect(scan('published', built.folder)).toBe('passed');
}, 60_000);
