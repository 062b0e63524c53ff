// @ts-check
const { readFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

/**
 * What a value may be, as JSON. Objects stand in a list of their own, so that they can hold
 * themselves.
 * @typedef {{ is: 'string' | 'number' | 'boolean' | 'anything' }
 *   | { is: 'literal', value: string | number | boolean }
 *   | { is: 'list', of: Rule }
 *   | { is: 'map', of: Rule }
 *   | { is: 'object', name: number }
 *   | { is: 'union', of: Rule[] }} Rule
 */

/** @typedef {Record<string, { rule: Rule, required: boolean, deprecated?: true }>} Fields */

/**
 * @typedef {object} Rules
 * @property {Fields[]} objects
 * @property {Record<string, Rule | null>} requests by method and path, such as
 * `POST /calls/{}/actions/speak`; null where the SDK sends no body
 * @property {Record<string, Rule | null>} queries the same for what stands in the address
 * @property {Record<string, Rule>} events `data` of a webhook, by event type
 */

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

/** What the type checker wants to find in a standard library, and nothing else. */
const LIBRARY = `interface Array<T> { length: number; [n: number]: T } interface ReadonlyArray<T> {}
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {}
interface NewableFunction {} interface Number {} interface Object {} interface RegExp {}
interface String {} type Record<K extends keyof any, T> = { [P in K]: T };`;

/**
 * Reads from the official SDK's declarations what Telnyx takes. Our own catalogue has no say: what is
 * judged by these rules must not have made them. Takes a second or two, because it loads
 * TypeScript
 * @returns {Rules}
 */
function deriveRules() {
	/** @type {typeof import('typescript')} */
	const ts = require('typescript');
	const folder = join(dirname(require.resolve('telnyx')), 'resources');
	const declarations = [...RESOURCES, 'webhooks'].map((name) => join(folder, `${name}.d.ts`));
	const checked = typeCheck(ts, folder, declarations);
	const { checker } = checked;
	const reader = typeReader(ts, checker);

	/** @type {Rules['requests']} */
	const requests = {};
	/** @type {Rules['queries']} */
	const queries = {};
	for (const name of RESOURCES) {
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

	/** @type {Rules['events']} */
	const events = {};
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

/**
 * @param {typeof import('typescript')} ts
 * @param {string} folder
 * @param {string[]} files
 */
function typeCheck(ts, folder, files) {
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
		/** @param {string} file */
		exportsOf(file) {
			const source = program.getSourceFile(file);
			const module = source && checker.getSymbolAtLocation(source);
			return module ? checker.getExportsOfModule(module) : [];
		},
	};
}

/**
 * @param {typeof import('typescript')} ts
 * @param {import('typescript').TypeChecker} checker
 */
function typeReader(ts, checker) {
	/** @type {Fields[]} */
	const objects = [];
	/** @type {Map<import('typescript').Type, number>} */
	const seen = new Map();

	/** @param {import('typescript').Type} type @returns {Rule} */
	function read(type) {
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
			const [of] = checker.getTypeArguments(/** @type {any} */ (type));
			return { is: 'list', of: read(of) };
		}
		const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
		if (index && type.getProperties().length === 0) return { is: 'map', of: read(index.type) };
		return { is: 'object', name: readObject(type) };
	}

	/** @param {import('typescript').Type[]} types @returns {Rule} */
	function readUnion(types) {
		const some = types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
		const booleans = some.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
		const others = some.filter((type) => booleans.length < 2 || !booleans.includes(type));
		const rules = others.map(read);
		if (booleans.length === 2) rules.push({ is: 'boolean' });
		return rules.length === 1 ? rules[0] : { is: 'union', of: rules };
	}

	/** @param {import('typescript').Type} type */
	function readObject(type) {
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
			};
		}
		return name;
	}

	/**
	 * The same object with the names that go over the wire.
	 * @param {Rule} rule
	 * @param {Record<string, string>} names from the SDK's name to the API's
	 * @returns {Rule}
	 */
	function renamed(rule, names) {
		if (rule.is !== 'object' || Object.keys(names).length === 0) return rule;
		const fields = Object.entries(objects[rule.name]).map(([name, field]) => [
			names[name] ?? name,
			field,
		]);
		return { is: 'object', name: objects.push(Object.fromEntries(fields)) - 1 };
	}

	return { objects, read, renamed };
}

/**
 * The requests that the SDK's code sends.
 * @param {typeof import('typescript')} ts
 * @param {string} file
 */
function endpoints(ts, file) {
	const source = ts.createSourceFile(
		file,
		readFileSync(file, 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	/** @type {{ method: string, request: string, renamed: Record<string, string> }[]} */
	const found = [];
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

module.exports = { deriveRules };
