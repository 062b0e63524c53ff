// @ts-check
const { loadRules } = require('./rulesCache');

/** @typedef {import('./rules').Rule} Rule */

/**
 * @typedef {object} Problem
 * @property {'missing' | 'type' | 'enum' | 'range' | 'number' | 'malformed' | 'event'} kind
 * @property {string} pointer JSON pointer
 * @property {string} says the end of a sentence that begins with the field, such as `must be a string`
 */

/** @typedef {{ problems: Problem[], unknown: string[] }} Verdict `unknown` are pointers of fields that nobody declared */

/**
 * Holds requests and events against what the official SDK declares.
 * @typedef {object} Judge
 * @property {(request: string) => 'known' | 'method' | 'unknown'} knows
 * whether there is such a request (`POST /calls/{}/actions/speak`), or one with another method
 * @property {(request: string, body: unknown) => Verdict} request
 * @property {(type: string, data: unknown) => Verdict | undefined} event undefined if there is no such event
 * @property {string[]} eventTypes
 * @property {string[]} requests
 */

/** @type {Judge | undefined} */
let loaded;

/** Quick, except for the first time after the SDK was installed. @returns {Judge} */
function loadJudge() {
	if (loaded) return loaded;
	const { events, objects, requests } = loadRules();
	const known = Object.keys(requests);
	const paths = new Set(known.map(pathOf));

	/**
	 * @param {Rule} rule
	 * @param {unknown} value
	 * @param {string} at
	 * @returns {Verdict}
	 */
	function judge(rule, value, at) {
		switch (rule.is) {
			case 'anything':
				return fine();
			case 'string':
			case 'number':
			case 'boolean':
				return typeof value === rule.is ? fine() : wrong('type', at, `must be a ${rule.is}`);
			case 'literal':
				return value === rule.value ? fine() : wrong('enum', at, `must be ${rule.value}`);
			case 'list':
				return Array.isArray(value)
					? all(value.map((entry, index) => judge(rule.of, entry, `${at}/${index}`)))
					: wrong('type', at, 'must be an array');
			case 'map':
				return isObject(value)
					? all(Object.entries(value).map(([key, entry]) => judge(rule.of, entry, `${at}/${key}`)))
					: wrong('type', at, 'must be an object');
			case 'object':
				return isObject(value)
					? judgeFields(objects[rule.name], value, at)
					: wrong('type', at, 'must be an object');
			case 'union':
				return judgeUnion(rule.of, value, at);
		}
	}

	/**
	 * @param {import('./rules').Fields} fields
	 * @param {Record<string, unknown>} value
	 * @param {string} at
	 */
	function judgeFields(fields, value, at) {
		const missing = Object.entries(fields)
			.filter(([name, { required }]) => required && value[name] === undefined)
			.map(([name]) => wrong('missing', `${at}/${name}`, ''));
		const given = Object.entries(value).map(([name, entry]) =>
			Object.hasOwn(fields, name)
				? judge(fields[name].rule, entry, `${at}/${name}`)
				: { problems: [], unknown: [`${at}/${name}`] },
		);
		return all([...missing, ...given]);
	}

	/**
	 * @param {Rule[]} rules
	 * @param {unknown} value
	 * @param {string} at
	 */
	function judgeUnion(rules, value, at) {
		const verdicts = rules.map((rule) => judge(rule, value, at));
		const best = verdicts.sort(
			(a, b) => a.problems.length - b.problems.length || a.unknown.length - b.unknown.length,
		)[0];
		if (best.problems.length === 0) return best;
		const literals = rules.flatMap((rule) => (rule.is === 'literal' ? [rule.value] : []));
		if (literals.length === rules.length) {
			const sameType = typeof value === typeof literals[0];
			return sameType
				? wrong('enum', at, `must be one of ${literals.join(', ')}`)
				: wrong('type', at, `must be a ${typeof literals[0]}`);
		}
		return isObject(value) ? best : wrong('type', at, 'has the wrong type');
	}

	loaded = {
		knows: (request) =>
			known.includes(request) ? 'known' : paths.has(pathOf(request)) ? 'method' : 'unknown',
		request: (request, body) => {
			const rule = requests[request];
			return rule ? judge(rule, body, '') : fine();
		},
		event: (type, data) =>
			Object.hasOwn(events, type) ? judge(events[type], data, '') : undefined,
		eventTypes: Object.keys(events).sort(),
		requests: known,
	};
	return loaded;
}

const pathOf = (/** @type {string} */ request) => request.split(' ')[1];

const fine = () => /** @type {Verdict} */ ({ problems: [], unknown: [] });

/**
 * @param {Problem['kind']} kind
 * @param {string} pointer
 * @param {string} says
 * @returns {Verdict}
 */
const wrong = (kind, pointer, says) => ({ problems: [{ kind, pointer, says }], unknown: [] });

/** @param {Verdict[]} verdicts @returns {Verdict} */
const all = (verdicts) => ({
	problems: verdicts.flatMap(({ problems }) => problems),
	unknown: verdicts.flatMap(({ unknown }) => unknown),
});

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

module.exports = { loadJudge };
