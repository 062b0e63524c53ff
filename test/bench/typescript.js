const { readFileSync } = require('node:fs');
const ts = require('typescript');

const compilerOptions = {
	module: ts.ModuleKind.CommonJS,
	target: ts.ScriptTarget.ES2023,
	esModuleInterop: true,
};

// Where there are both, such as TelnyxAdvanced.node.ts and .json, the extension that comes first counts.
const { '.json': json } = require.extensions;
delete require.extensions['.json'];

/** Lets Node.js load the tests' support as it is. */
require.extensions['.ts'] = (module, path) =>
	module._compile(
		ts.transpileModule(readFileSync(path, 'utf8'), { compilerOptions }).outputText,
		path,
	);

require.extensions['.json'] = json;
