/* eslint-disable @n8n/community-nodes/no-restricted-imports, @typescript-eslint/no-require-imports -- test code, never shipped */
import type { Logger as N8nLogger } from 'n8n-workflow';

const loggers: { Logger: { prototype: N8nLogger } } = require(
	// n8n-core may have a copy of the package to itself.
	require.resolve('@n8n/backend-common', { paths: [require.resolve('n8n-core')] }),
);

/** The class of what nodes log with. */
export const { Logger } = loggers;
