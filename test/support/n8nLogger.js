// @ts-check

/** @type {{ Logger: { prototype: import('n8n-workflow').Logger } }} */
const { Logger } = require(
	// n8n-core may have a copy of the package to itself.
	require.resolve('@n8n/backend-common', { paths: [require.resolve('n8n-core')] }),
);

module.exports = {
	/** The class of what nodes log with. */
	Logger,
};
