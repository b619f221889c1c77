// Which way the code may point: node folders → errors → jobs → media, models → queue → flow, and never back.

/** @param {string} layer @param {string[]} allowed */
const only = (layer, allowed) => ({
	name: `${layer}-imports-only-${allowed.join('-') || 'itself'}`,
	severity: 'error',
	from: { path: `^nodes/shared/${layer}/` },
	to: {
		path: '^nodes/',
		pathNot: `^nodes/shared/(${[layer, ...allowed].join('|')})/`,
	},
});

module.exports = {
	forbidden: [
		only('flow', []),
		only('queue', ['flow']),
		only('models', ['queue', 'flow']),
		only('media', ['models', 'queue', 'flow']),
		only('jobs', ['media', 'models', 'queue', 'flow']),
		only('errors', ['jobs', 'models', 'queue', 'flow']),
		only('methods', ['errors', 'models', 'queue', 'flow']),
		only('fields', []),
		{
			name: 'no-circles',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'node-folders-do-not-know-each-other',
			severity: 'error',
			from: { path: '^nodes/(Gmi[^/]+)/' },
			to: { path: '^nodes/Gmi', pathNot: '^nodes/$1/' },
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
