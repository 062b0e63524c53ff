import { EVENTS_BEYOND_SDK, isAcceptedBeyondSdk } from './beyondSdk';
import type { Fields, Rule } from './rules';
import { loadRules } from './rulesCache';

export interface Problem {
	kind: 'missing' | 'type' | 'enum' | 'range' | 'number' | 'malformed' | 'event';
	/** JSON pointer. */
	pointer: string;
	/** The end of a sentence that begins with the field, such as `must be a string`. */
	says: string;
}

/** `unknown` holds the pointers of undeclared fields. */
type Findings = { problems: Problem[]; unknown: string[] };

/**
 * Checks requests and events against the declarations of the official SDK, and what is known beyond
 * them.
 */
export interface Validator {
	/** Whether a request such as `POST /calls/{}/actions/speak` exists, or only with another method. */
	knows: (request: string) => 'known' | 'method' | 'unknown';
	request: (request: string, body: unknown) => Findings;
	/** Undefined if there is no such event. */
	event: (type: string, data: unknown) => Findings | undefined;
	/** As the SDK declares them. */
	eventTypes: string[];
	requests: string[];
}

let loaded: Validator | undefined;

/** Fast, except for the first time after the SDK was installed. */
export function loadValidator(): Validator {
	if (loaded) return loaded;
	const { events, objects, requests } = loadRules();
	const known = Object.keys(requests);
	const paths = new Set(known.map(pathOf));

	function check(rule: Rule, value: unknown, at: string): Findings {
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
					? all(value.map((entry, index) => check(rule.of, entry, `${at}/${index}`)))
					: wrong('type', at, 'must be an array');
			case 'map':
				return isObject(value)
					? all(Object.entries(value).map(([key, entry]) => check(rule.of, entry, `${at}/${key}`)))
					: wrong('type', at, 'must be an object');
			case 'object':
				return isObject(value)
					? checkFields(objects[rule.name], value, at)
					: wrong('type', at, 'must be an object');
			case 'union':
				return checkUnion(rule.of, value, at);
		}
	}

	function checkFields(fields: Fields, value: Record<string, unknown>, at: string) {
		const missing = Object.entries(fields)
			.filter(([name, { required }]) => required && value[name] === undefined)
			.map(([name]) => wrong('missing', `${at}/${name}`, ''));
		const given = Object.entries(value).map(([name, entry]) =>
			Object.hasOwn(fields, name)
				? check(fields[name].rule, entry, `${at}/${name}`)
				: { problems: [], unknown: [`${at}/${name}`] },
		);
		return all([...missing, ...given]);
	}

	function checkUnion(rules: Rule[], value: unknown, at: string) {
		const findings = rules.map((rule) => check(rule, value, at));
		const best = findings.sort(
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
			if (!rule) return fine();
			return withoutAccepted(request, body, check(rule, body, ''));
		},
		event: (type, data) => {
			if (EVENTS_BEYOND_SDK.includes(type)) return fine();
			if (!Object.hasOwn(events, type)) return undefined;
			return withoutAccepted(type, data, check(events[type], data, ''));
		},
		eventTypes: Object.keys(events).sort(),
		requests: known,
	};
	return loaded;
}

const pathOf = (request: string) => request.split(' ')[1];

const withoutAccepted = (of: string, body: unknown, { problems, unknown }: Findings): Findings => ({
	problems: problems.filter(({ pointer }) => !isAcceptedBeyondSdk(of, pointer, body)),
	unknown: unknown.filter((pointer) => !isAcceptedBeyondSdk(of, pointer, body)),
});

const fine = () => ({ problems: [], unknown: [] }) as Findings;

const wrong = (kind: Problem['kind'], pointer: string, says: string): Findings => ({
	problems: [{ kind, pointer, says }],
	unknown: [],
});

const all = (findings: Findings[]): Findings => ({
	problems: findings.flatMap(({ problems }) => problems),
	unknown: findings.flatMap(({ unknown }) => unknown),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
