const { moduleNameMapper } = require('./test/support/bundles');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Longer than any step of a test may take, since a step that hangs says which it is.
	testTimeout: 120_000,
	// Looking a global up is slow in jest's sandbox, and tweetnacl does it a million times for a signature.
	sandboxInjectedGlobals: ['Float64Array', 'Math', 'Uint8Array'],
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/queue/'],
	globalSetup: '<rootDir>/test/support/prepare.ts',
	globalTeardown: '<rootDir>/test/support/cleanUp.ts',
	setupFiles: ['<rootDir>/test/support/setup.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/support/timers.ts'],
	testSequencer: '<rootDir>/test/support/longestFirst.js',
	// Jest leaves a processor to itself, which is every second one on a small machine.
	maxWorkers: '100%',
	moduleNameMapper,
	// Types are checked once for all by `npm run types`.
	transform: { '\\.ts$': '<rootDir>/test/support/transform.js' },
};
