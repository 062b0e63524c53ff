/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testTimeout: 30_000,
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/queue/'],
	globalSetup: '<rootDir>/test/support/folder.ts',
	globalTeardown: '<rootDir>/test/support/cleanUp.ts',
	setupFiles: ['<rootDir>/test/support/setup.ts'],
	// Types are checked once for all by `npm run types`.
	transform: {
		'\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json', diagnostics: false }],
	},
};
