const { rm } = require('node:fs/promises');

module.exports = async () => await rm(process.env.TEST_FOLDER, { recursive: true, force: true });
