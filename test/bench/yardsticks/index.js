// @ts-check
/** For N8N_CUSTOM_EXTENSIONS: the nodes here have the package `CUSTOM`. */
module.exports = { YARDSTICKS: __dirname };
