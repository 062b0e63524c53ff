import type { Fields, Rule } from './rules';
import { loadRules } from './rulesCache';

export interface Problem {
	kind: 'missing' | 'type' | 'enum' | 'range' | 'number' | 'malformed' | 'event';
	/** JSON pointer. */
	pointer: string;
	/** The end of a sentence that begins with the field, such as `must be a string`. */
	says: string;
}

/** `unknown` are pointers of fields that nobody declared */
type Verdict = { problems: Problem[]; unknown: string[] };

/** Holds requests and events against what the official SDK declares. */
export interface Judge {
	/** Whether there is such a request (`POST /calls/{}/actions/speak`), or one with another method. */
	knows: (request: string) => 'known' | 'method' | 'unknown';
	request: (request: string, body: unknown) => Verdict;
	/** Undefined if there is no such event. */
	event: (type: string, data: unknown) => Verdict | undefined;
	eventTypes: string[];
	requests: string[];
}

let loaded: Judge | undefined;

/** Quick, except for the first time after the SDK was installed. */
export function loadJudge(): Judge {
	if (loaded) return loaded;
	const { events, objects, requests } = loadRules();
	const known = Object.keys(requests);
	const paths = new Set(known.map(pathOf));

	function judge(rule: Rule, value: unknown, at: string): Verdict {
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

	function judgeFields(fields: Fields, value: Record<string, unknown>, at: string) {
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

	function judgeUnion(rules: Rule[], value: unknown, at: string) {
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

const pathOf = (request: string) => request.split(' ')[1];

const fine = () => ({ problems: [], unknown: [] }) as Verdict;

const wrong = (kind: Problem['kind'], pointer: string, says: string): Verdict => ({
	problems: [{ kind, pointer, says }],
	unknown: [],
});

const all = (verdicts: Verdict[]): Verdict => ({
	problems: verdicts.flatMap(({ problems }) => problems),
	unknown: verdicts.flatMap(({ unknown }) => unknown),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
