/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testEnvironment: 'node',
	testMatch: ['**/*.test.ts'],
	globalSetup: '<rootDir>/test/e2e/setup.ts',
	globalTeardown: '<rootDir>/test/e2e/cleanUp.ts',
	// Longer than any step of a test may take, since a step that hangs says which it is.
	testTimeout: 300_000,
	// Each file has an n8n of its own, which waits most of the time.
	maxWorkers: 2,
	// Types are checked once for all by `npm run types`.
	transform: { '\\.ts$': '<rootDir>/test/support/transform.js' },
};
