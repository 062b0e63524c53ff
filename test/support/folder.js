const { mkdtemp } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Before all tests: a folder for what n8n-core writes, which `cleanUp.js` removes after them. */
module.exports = async () => {
	process.env.TEST_FOLDER = await mkdtemp(join(tmpdir(), 'telnyx-tests-'));
};
