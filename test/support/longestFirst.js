const Sequencer = require('@jest/test-sequencer').default;

/** The longest, so that no worker is left alone with one of them in the end. */
const FIRST = [
	'package/package',
	'package/project',
	'contract/requests',
	'engine/soak',
	'engine/endless',
	'engine/operations',
	'engine/delivery',
	'engine/trigger',
	'engine/registration',
	'engine/approval',
	'engine/waiting',
	'engine/phoneCall',
];

/** @param {import('@jest/test-result').Test} test */
const rank = ({ path }) => {
	const index = FIRST.findIndex((name) => path.replaceAll('\\', '/').includes(`test/${name}`));
	return index === -1 ? FIRST.length : index;
};

/** Jest goes by how long each file took the last time, which a fresh clone does not know. */
module.exports = class LongestFirst extends Sequencer {
	/** @param {import('@jest/test-result').Test[]} tests */
	async sort(tests) {
		return [...(await super.sort(tests))].sort((a, b) => rank(a) - rank(b));
	}
};
