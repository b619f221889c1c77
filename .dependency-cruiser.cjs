// Which way the code may point: node folders → items → errors → jobs → media, models → queue → flow, and never back.

/** Each folder of nodes/shared, with the folders it may import. @type {Record<string, string[]>} */
const LAYERS = {
	flow: [],
	queue: ['flow'],
	models: ['queue', 'flow'],
	media: ['models', 'queue', 'flow'],
	jobs: ['media', 'models', 'queue', 'flow'],
	errors: ['jobs', 'models', 'queue', 'flow'],
	items: ['errors', 'jobs', 'media', 'queue', 'flow'],
	methods: ['errors', 'models', 'queue', 'flow'],
	fields: [],
};

/** @param {string} from @param {string[]} allowed both folders below nodes/ */
const only = (from, allowed) => ({
	name: `${from}-imports-only-${allowed.join('-') || 'itself'}`.replace(/\//g, '.'),
	severity: 'error',
	from: { path: `^nodes/${from}/` },
	to: {
		path: '^(nodes|credentials)/',
		pathNot: `^nodes/(${[from, ...allowed].join('|')})/`,
	},
});

const inShared = (/** @type {string} */ folder) => `shared/${folder}`;

module.exports = {
	forbidden: [
		...Object.entries(LAYERS).map(([layer, allowed]) =>
			only(inShared(layer), allowed.map(inShared)),
		),
		{
			name: 'every-shared-folder-has-its-place',
			severity: 'error',
			from: {
				path: '^nodes/shared/',
				pathNot: `^nodes/shared/(${Object.keys(LAYERS).join('|')})/`,
			},
			to: {},
		},
		{
			name: 'files-in-and-files-out-do-not-know-each-other',
			severity: 'error',
			from: { path: '^nodes/shared/media/(inputs|outputs)/' },
			to: { path: '^nodes/shared/media/(inputs|outputs)/', pathNot: '^nodes/shared/media/$1/' },
		},
		{
			name: 'batch-does-not-know-operations',
			severity: 'error',
			from: { path: '^nodes/GmiVideo/batch/' },
			to: { path: '^nodes/GmiVideo/(resources/|router|GmiVideo)' },
		},
		{
			name: 'follow-does-not-know-its-trigger',
			severity: 'error',
			from: { path: '^nodes/GmiVideoTrigger/follow/' },
			to: { path: '^nodes/GmiVideoTrigger/', pathNot: '^nodes/GmiVideoTrigger/follow/' },
		},
		{
			name: 'node-folders-do-not-know-each-other',
			severity: 'error',
			from: { path: '^nodes/(Gmi[^/]+)/' },
			to: { path: '^nodes/Gmi', pathNot: '^nodes/$1/' },
		},
		{
			name: 'no-circles',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'no-dead-files',
			severity: 'error',
			from: { orphan: true, path: '^nodes/', pathNot: '\\.node\\.ts$' },
			to: {},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
	},
};
