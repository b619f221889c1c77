/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Most tests wait for a server: more of them than cores fit side by side.
	maxWorkers: 4,
	// A sandbox is a process of its own, and four may start at the same time.
	testTimeout: 30_000,
	testMatch: ['<rootDir>/test/{unit,engine,sandbox}/**/*.test.ts'],
	setupFiles: ['<rootDir>/test/support/environment.js'],
	transform: {
		'^.+\\.ts$': [
			'ts-jest',
			{
				tsconfig: {
					module: 'commonjs',
					target: 'es2022',
					esModuleInterop: true,
					resolveJsonModule: true,
					isolatedModules: true,
				},
			},
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.hosts', '<rootDir>/out'],
};
