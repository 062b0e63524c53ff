// @ts-check
const { createRequire } = require('node:module');

/**
 * What nodes log with. n8n-core has a copy of its package to itself.
 * @type {{ prototype: import('n8n-workflow').Logger }}
 */
const Logger = createRequire(require.resolve('n8n-core'))('@n8n/backend-common').Logger;

module.exports = { Logger };
