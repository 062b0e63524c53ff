/** @type {import('jest').Config} */
module.exports = {
	...require('../e2e/jest.config'),
	roots: ['<rootDir>/test/queue'],
	globalSetup: '<rootDir>/test/queue/setup.ts',
	globalTeardown: undefined,
	// Most files start eight processes.
	maxWorkers: 1,
	testTimeout: 240_000,
};
