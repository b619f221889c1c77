import { parse } from 'yaml';

import manifest from '../../../package.json';
import { checkRelease, listFolder, readText } from '../../support/repository';

interface Step {
	uses?: string;
	run?: string;
	env?: Record<string, string>;
}

interface Job {
	uses?: string;
	needs?: string;
	permissions?: Record<string, string>;
	strategy?: { matrix: { node: number[] } };
	steps?: Step[];
}

interface Workflow {
	on: Record<string, { tags?: string[] } | null>;
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const FOLDER = '.github/workflows';

const workflow = (name: string): Workflow => parse(readText(`${FOLDER}/${name}`));
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps = [] }) => steps);

describe.each(listFolder(FOLDER))('%s', (name) => {
	const { permissions, jobs } = workflow(name);
	const steps = stepsOf({ jobs } as Workflow);

	it('pins every action to a commit and says which version that is', () => {
		const lines = readText(`${FOLDER}/${name}`).match(/uses: .*/g) ?? [];
		expect(lines.length).toBeGreaterThan(1);
		for (const line of lines) {
			expect(line).toMatch(/^uses: (\.\/\S+\.yml|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
		}
	});

	it('may only read, but for the job that publishes', () => {
		expect(permissions).toEqual({ contents: 'read' });
		const more = Object.entries(jobs).filter(([, job]) => job.permissions !== undefined);
		expect(more.map(([job]) => job)).toEqual(name === 'publish.yml' ? ['publish'] : []);
	});

	it('runs commands that exist', () => {
		const scripts = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run (\S+)/g)]);
		for (const [, script] of scripts) expect(manifest.scripts).toHaveProperty([script]);
	});

	it('puts no text from outside into a command', () => {
		for (const { run = '' } of steps) expect(run).not.toContain('${{');
	});
});

describe('CI', () => {
	const { jobs, on } = workflow('ci.yml');

	it('tests on each supported Node, and in n8n on one', () => {
		expect(jobs.test.strategy?.matrix.node).toEqual([20, 22, 24]);
		expect(jobs.test.steps?.at(-1)?.run).toBe('npm test');
		expect(jobs.n8n.steps?.map(({ run }) => run)).toContain('.ci/run');
		expect(Object.keys(on)).toEqual(expect.arrayContaining(['push', 'pull_request']));
	});

	it('begins with the oldest Node that package.json and the commands take', () => {
		const oldest = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node);
		expect(Number(oldest?.[1])).toBe(Math.min(...(jobs.test.strategy?.matrix.node ?? [])));
		expect(readText('dev/bootstrap.mjs')).toContain(
			`MINIMUM_NODE = '${oldest?.[1]}.${oldest?.[2]}'`,
		);
	});

	it('is what the README says of Node', () => {
		const { node } = jobs.test.strategy?.matrix ?? { node: [] };
		expect(readText('README.md')).toContain(
			`Node ${node.slice(0, -1).join(', ')} and ${node.at(-1)}`,
		);
	});
});

describe('Publish', () => {
	const published = workflow('publish.yml');
	const { publish, release, test } = published.jobs;

	it('starts with a version tag only', () => {
		expect(published.on).toEqual({ push: { tags: ['v*'] } });
	});

	it('checks the tag, then tests everything, then publishes with provenance', () => {
		expect(release.steps?.at(-1)).toEqual({
			run: 'node dev/checkRelease.mjs "$TAG"',
			env: { TAG: '${{ github.ref_name }}' },
		});
		expect(test).toEqual({ needs: 'release', uses: './.github/workflows/ci.yml' });
		expect(publish.needs).toBe('test');
		expect(publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
		const commands = publish.steps?.flatMap(({ run }) => run ?? []);
		expect(commands).toEqual([
			'npm ci --ignore-scripts',
			'npm run build',
			'npm publish --provenance --access public --ignore-scripts',
		]);
	});
});

describe('the check of a release', () => {
	const changelog = '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-21\n\n### Added\n';

	it('passes a tag that package.json and the changelog agree with', () => {
		const { passed } = checkRelease('v1.2.3', { version: '1.2.3', changelog });
		expect(passed).toBe(true);
	});

	it.each([
		['v1.2.4', '1.2.3', changelog, 'package.json says 1.2.3'],
		['1.2.3', '1.2.3', changelog, 'The tag is 1.2.3'],
		['v1.2.4', '1.2.4', changelog, 'has no "## [1.2.4]'],
		['v1.2.3', '1.2.3', changelog.replace(' - 2026-11-21', ''), 'no date'],
	])('refuses %s for version %s', (tag, version, text, why) => {
		const { passed, output } = checkRelease(tag, { version, changelog: text });
		expect(passed).toBe(false);
		expect(output).toContain(why);
	});

	it('passes the version of this repository', () => {
		const release = { version: manifest.version, changelog: readText('CHANGELOG.md') };
		expect(checkRelease(`v${manifest.version}`, release)).toMatchObject({ passed: true });
	});
});
