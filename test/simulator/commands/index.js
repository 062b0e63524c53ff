// @ts-check

/**
 * What the actions of a call do, by the last part of their path. An action of the API that is not
 * here is judged and accepted, and does nothing.
 * @type {Record<string, import('../types').Command>}
 */
const commands = {
	...require('./control'),
	...require('./bridging'),
	...require('./audio'),
	...require('./input'),
	...require('./recording'),
	...require('./media'),
	...require('./assistant'),
	...require('./queue'),
};

module.exports = { commands };
