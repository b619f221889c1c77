import { forbiddenImports } from '../../support/importRules';

const VIDEO = 'nodes/GmiVideo/GmiVideo.node.ts';
const CLIENT = 'nodes/shared/queue/client.ts';

it('lets imports run from the nodes over jobs to the queue', () => {
	const jobs = 'nodes/shared/jobs/submit.ts';
	const batch = 'nodes/GmiVideo/batch/drafts.ts';
	expect(
		forbiddenImports({ [VIDEO]: [batch], [batch]: [jobs], [jobs]: [CLIENT], [CLIENT]: [] }),
	).toEqual([]);
});

/** Each import that is to be found: the rule, the file and what it imports. */
const WRONG = [
	['shared.flow-imports-only-itself', 'nodes/shared/flow/a.ts', CLIENT],
	['shared.queue-imports-only-shared.flow', 'nodes/shared/queue/a.ts', 'nodes/shared/jobs/b.ts'],
	['shared.models-imports-only', 'nodes/shared/models/a.ts', 'nodes/shared/media/inputs/b.ts'],
	['shared.media-imports-only', 'nodes/shared/media/a.ts', 'nodes/shared/jobs/b.ts'],
	['shared.jobs-imports-only', 'nodes/shared/jobs/a.ts', 'nodes/shared/errors/b.ts'],
	['shared.jobs-imports-only', 'nodes/shared/jobs/c.ts', VIDEO],
	['shared.errors-imports-only', 'nodes/shared/errors/a.ts', 'nodes/shared/items/b.ts'],
	['shared.items-imports-only', 'nodes/shared/items/a.ts', 'nodes/shared/fields/b.ts'],
	['shared.methods-imports-only', 'nodes/shared/methods/a.ts', 'nodes/shared/jobs/b.ts'],
	['shared.fields-imports-only-itself', 'nodes/shared/fields/a.ts', CLIENT],
	['every-shared-folder-has-its-place', 'nodes/shared/other/a.ts', CLIENT],
	[
		'files-in-and-files-out-do-not-know-each-other',
		'nodes/shared/media/outputs/a.ts',
		'nodes/shared/media/inputs/b.ts',
	],
	[
		'batch-does-not-know-operations',
		'nodes/GmiVideo/batch/a.ts',
		'nodes/GmiVideo/resources/video/get.ts',
	],
	[
		'follow-does-not-know-its-trigger',
		'nodes/GmiVideoTrigger/follow/a.ts',
		'nodes/GmiVideoTrigger/poll.ts',
	],
	['node-folders-do-not-know-each-other', 'nodes/GmiVideoStatus/a.ts', VIDEO],
	['no-circles', 'nodes/GmiVideo/x.ts', 'nodes/GmiVideo/y.ts'],
];

describe('a wrong import', () => {
	let found: string[];
	beforeAll(() => {
		const files: Record<string, string[]> = { 'nodes/GmiVideo/y.ts': ['nodes/GmiVideo/x.ts'] };
		for (const [, from, to] of WRONG) files[from] = [to];
		for (const [, , to] of WRONG) files[to] ??= [];
		files['nodes/GmiVideo/alone.ts'] = [];
		found = forbiddenImports(files);
	}, 60_000);

	it.each(WRONG)('is forbidden by %s', (rule, from, to) => {
		expect(found).toContainEqual(
			expect.stringMatching(new RegExp(`^${rule}[\\w.-]*: ${from} → ${to}$`)),
		);
	});

	it('and a file that nothing imports are found', () => {
		expect(found).toContainEqual(
			expect.stringMatching(/^no-dead-files: nodes\/GmiVideo\/alone\.ts/),
		);
	});
});
