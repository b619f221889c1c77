const base = require('./jest.config.js');

/**
 * Tests in a real n8n. One n8n serves them all, so they run one after the other.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
	setupFiles: [],
	globalSetup: '<rootDir>/test/support/n8nSetup.js',
	globalTeardown: '<rootDir>/test/support/n8nTeardown.js',
	testEnvironment: '<rootDir>/test/support/n8nTestEnvironment.js',
	testEnvironmentOptions: { globalsCleanup: 'off' },
	testSequencer: '<rootDir>/test/support/n8nSequencer.js',
	maxWorkers: 1,
	verbose: true,
	testTimeout: 120_000,
};
