/** After all tests. */
module.exports = async () => await globalThis.stopRegistry?.();
