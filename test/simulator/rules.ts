/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Type, TypeChecker, TypeReference } from 'typescript';

/**
 * What a value may be, as JSON. Objects are kept in a list of their own, so that they can contain
 * themselves.
 */
export type Rule =
	| { is: 'string' | 'number' | 'boolean' | 'anything' }
	| { is: 'literal'; value: string | number | boolean }
	| { is: 'list'; of: Rule }
	| { is: 'map'; of: Rule }
	| { is: 'object'; name: number }
	| { is: 'union'; of: Rule[] };

export type Fields = Record<string, FieldRule>;

interface FieldRule {
	rule: Rule;
	required: boolean;
	deprecated?: true;
	/** What the SDK says of the field, if that is asked for. */
	says?: string;
}

export interface Rules {
	objects: Fields[];
	/** By method and path, such as `POST /calls/{}/actions/speak`; null where the SDK sends no body. */
	requests: Record<string, Rule | null>;
	/** The same for query parameters. */
	queries: Record<string, Rule | null>;
	/** `data` of a webhook, by event type. */
	events: Record<string, Rule>;
}

/** The parts of the API that are about voice, by the SDK's files. */
const RESOURCES = [
	'calls/calls',
	'calls/actions',
	'conferences/conferences',
	'conferences/actions',
	'queues/queues',
	'queues/calls',
	'recordings/recordings',
	'recordings/actions',
	'recording-transcriptions',
	'call-control-applications',
	'call-events',
	'connections',
	'siprec-connectors',
	'noise-suppression-engines',
	'webhook-deliveries',
	'balance',
	'regions',
	'media',
];

/** Of these files only what a call needs is offered; the rest is left to other nodes. */
const NEIGHBOURS = [
	'outbound-voice-profiles',
	'phone-numbers/phone-numbers',
	'ai/conversations/conversations',
];

/** The minimum of a standard library that the type checker needs. */
const LIBRARY = `interface Array<T> { length: number; [n: number]: T } interface ReadonlyArray<T> {}
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {}
interface NewableFunction {} interface Number {} interface Object {} interface RegExp {}
interface String {} type Record<K extends keyof any, T> = { [P in K]: T };`;

/**
 * Derives from the official SDK's declarations what Telnyx accepts, independently of our own catalogue:
 * what these rules check must not have made them. Takes a second or two, because it loads TypeScript.
 */
export function deriveRules({ withWords = false } = {}): Rules {
	const resources = [...RESOURCES, ...NEIGHBOURS];
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when it is needed
	const ts = require('typescript') as typeof import('typescript');
	const folder = join(dirname(require.resolve('telnyx/version')), 'resources');
	const declarations = [...resources, 'webhooks'].map((name) => join(folder, `${name}.d.ts`));
	const checked = typeCheck(ts, folder, declarations);
	const { checker } = checked;
	const reader = typeReader(ts, checker, withWords);

	const requests: Rules['requests'] = {};
	const queries: Rules['queries'] = {};
	for (const name of resources) {
		const classes = checked.exportsOf(join(folder, `${name}.d.ts`)).filter((symbol) => {
			return (symbol.flags & ts.SymbolFlags.Class) !== 0;
		});
		for (const { method, request, renamed } of endpoints(ts, join(folder, `${name}.js`))) {
			const declared = classes
				.map((symbol) => checker.getDeclaredTypeOfSymbol(symbol).getProperty(method))
				.find((symbol) => symbol !== undefined);
			if (!declared) continue;
			const signature = checker.getTypeOfSymbol(declared).getCallSignatures()[0];
			const parameter = signature.parameters.find(({ name }) => /^(body|params|query)$/.test(name));
			const rule = parameter
				? reader.renamed(reader.read(checker.getTypeOfSymbol(parameter)), renamed)
				: null;
			const isRead = request.startsWith('GET ');
			requests[request] = isRead ? null : rule;
			queries[request] = isRead ? rule : null;
		}
	}

	const events: Rules['events'] = {};
	for (const symbol of checked.exportsOf(join(folder, 'webhooks.d.ts'))) {
		if (!symbol.name.endsWith('WebhookEvent')) continue;
		const data = checker.getDeclaredTypeOfSymbol(symbol).getProperty('data');
		if (!data) continue;
		const rule = reader.read(checker.getTypeOfSymbol(data));
		const type = rule.is === 'object' && reader.objects[rule.name].event_type?.rule;
		if (type && type.is === 'literal') events[String(type.value)] = rule;
	}
	return { objects: reader.objects, requests, queries, events };
}

function typeCheck(ts: typeof import('typescript'), folder: string, files: string[]) {
	const library = join(folder, 'library.d.ts');
	const options = { noLib: true, types: [], strict: true, skipLibCheck: true };
	const host = ts.createCompilerHost(options);
	const read = host.getSourceFile.bind(host);
	host.getSourceFile = (name, ...rest) =>
		name === library
			? ts.createSourceFile(name, LIBRARY, ts.ScriptTarget.Latest)
			: read(name, ...rest);
	// The SDK's client leads to everything that Telnyx has, and says nothing about parameters.
	host.resolveModuleNameLiterals = (names, from) =>
		names.map(({ text }) => {
			const path = resolve(dirname(from), text.replace(/\.js$/, '.d.ts'));
			const known = path.startsWith(folder);
			return {
				resolvedModule: known
					? { resolvedFileName: path, extension: ts.Extension.Dts, isExternalLibraryImport: false }
					: undefined,
			};
		});
	const program = ts.createProgram([library, ...files], options, host);
	const checker = program.getTypeChecker();
	return {
		checker,
		exportsOf(file: string) {
			const source = program.getSourceFile(file);
			const module = source && checker.getSymbolAtLocation(source);
			return module ? checker.getExportsOfModule(module) : [];
		},
	};
}

function typeReader(ts: typeof import('typescript'), checker: TypeChecker, withWords: boolean) {
	const objects: Fields[] = [];
	const seen = new Map<Type, number>();

	function read(type: Type): Rule {
		const { flags } = type;
		if (type.isUnion()) return readUnion(type.types);
		if (type.isStringLiteral() || type.isNumberLiteral())
			return { is: 'literal', value: type.value };
		if (flags & ts.TypeFlags.BooleanLiteral) {
			return { is: 'literal', value: checker.typeToString(type) === 'true' };
		}
		if (flags & ts.TypeFlags.String) return { is: 'string' };
		if (flags & ts.TypeFlags.Number) return { is: 'number' };
		if (!(flags & ts.TypeFlags.Object)) return { is: 'anything' };
		if (checker.isArrayType(type)) {
			const [of] = checker.getTypeArguments(type as TypeReference);
			return { is: 'list', of: read(of) };
		}
		const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
		if (index && type.getProperties().length === 0) return { is: 'map', of: read(index.type) };
		return { is: 'object', name: readObject(type) };
	}

	function readUnion(types: Type[]): Rule {
		const some = types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
		const booleans = some.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
		const others = some.filter((type) => booleans.length < 2 || !booleans.includes(type));
		const rules = others.map(read);
		if (booleans.length === 2) rules.push({ is: 'boolean' });
		return rules.length === 1 ? rules[0] : { is: 'union', of: rules };
	}

	function readObject(type: Type) {
		const known = seen.get(type);
		if (known !== undefined) return known;
		const name = objects.push({}) - 1;
		seen.set(type, name);
		for (const property of type.getProperties()) {
			const isDeprecated = property.getJsDocTags(checker).some(({ name }) => name === 'deprecated');
			objects[name][property.name] = {
				rule: read(checker.getTypeOfSymbol(property)),
				required: (property.flags & ts.SymbolFlags.Optional) === 0,
				...(isDeprecated && { deprecated: true }),
				...(withWords && {
					says: ts.displayPartsToString(property.getDocumentationComment(checker)),
				}),
			};
		}
		return name;
	}

	/**
	 * The same object with the names that go over the wire.
	 * @param names from the SDK's name to the API's
	 */
	function renamed(rule: Rule, names: Record<string, string>): Rule {
		if (rule.is !== 'object' || Object.keys(names).length === 0) return rule;
		const fields = Object.entries(objects[rule.name]).map(([name, field]) => [
			names[name] ?? name,
			field,
		]);
		return { is: 'object', name: objects.push(Object.fromEntries(fields)) - 1 };
	}

	return { objects, read, renamed };
}

/** The requests that the SDK's code sends. */
function endpoints(ts: typeof import('typescript'), file: string) {
	const source = ts.createSourceFile(
		file,
		readFileSync(file, 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	const found: { method: string; request: string; renamed: Record<string, string> }[] = [];
	source.forEachChild(function visit(node) {
		if (ts.isMethodDeclaration(node) && node.body) {
			const text = node.body.getText();
			const sent =
				/_client\s*\.(get|post|put|patch|delete|getAPIList)\(\s*(?:\(0, path_1\.path\)\s*`([^`]*)`|'([^']*)')/.exec(
					text,
				);
			if (sent) {
				const verb = sent[1] === 'getAPIList' ? 'GET' : sent[1].toUpperCase();
				const path = (sent[2] ?? sent[3]).replace(/\$\{[^}]*\}/g, '{}');
				const body = /body: \{ ([^}]*)\.\.\.body \}/.exec(text)?.[1] ?? '';
				const pairs = [...body.matchAll(/(\w+): (\w+),/g)].map(([, api, sdk]) => [sdk, api]);
				found.push({
					method: node.name.getText(),
					request: `${verb} ${path}`,
					renamed: Object.fromEntries(pairs),
				});
			}
		}
		node.forEachChild(visit);
	});
	return found;
}
