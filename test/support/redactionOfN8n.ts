/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * What n8n's own code for redaction makes of executions. A program of its own, for the Node.js that n8n
 * runs on, because jest cannot load n8n. Its arguments are n8n's program, the folder of our package, a file with the
 * executions, and one for the result.
 */
const [program, ourFolder, input, output] = process.argv.slice(2);
const load = createRequire(program);
const ofN8n = (path: string) => load(join(dirname(program), '../dist', path));

/** An execution as n8n's server has it, of which the redaction reads this. */
interface Execution {
	data: { executionData?: unknown; resultData: { runData: unknown } };
	workflowData: { settings?: object };
}

const silent = { debug() {}, warn() {} };

async function main() {
	// In the order in which n8n itself loads them.
	load('reflect-metadata');
	ofN8n('config');
	const executions = JSON.parse(readFileSync(input, 'utf8')) as Execution[];
	const results = {
		declared: await each(executions, await ofDeclaredFields()),
		none: await each(executions, ofPolicy('none')),
		all: await each(executions, ofPolicy('all')),
	};
	writeFileSync(output, JSON.stringify(results));
}

/** What is in the outputs of the executions afterwards. */
async function each(executions: Execution[], redact: (execution: Execution) => Promise<unknown>) {
	return await Promise.all(
		executions.map(async (execution) => {
			const copy = structuredClone(execution);
			await redact(copy);
			return copy.data.resultData.runData;
		}),
	);
}

/** The code that reads what nodes declare, with the descriptions of the built nodes. */
async function ofDeclaredFields() {
	const { NodeTypes } = ofN8n('node-types');
	const { NodeDefinedFieldRedactionStrategy } = ofN8n(
		'modules/redaction/executions/strategies/node-defined-field-redaction.strategy',
	);
	const strategy = new NodeDefinedFieldRedactionStrategy(
		silent,
		new NodeTypes(silent, await loadedNodes()),
	);
	return async (execution: Execution) => await strategy.apply(execution, { memo: new Map() });
}

/** Our package and n8n's own nodes, loaded by n8n. */
async function loadedNodes() {
	const { LazyPackageDirectoryLoader, PackageDirectoryLoader } = load('n8n-core');
	const loaders = [
		new PackageDirectoryLoader(ourFolder),
		new LazyPackageDirectoryLoader(dirname(load.resolve('n8n-nodes-base/package.json'))),
	];
	for (const loader of loaders) await loader.loadAll();
	const find = (type: string) => {
		const [from, name] = type.split('.');
		return { loader: loaders.find(({ packageName }) => packageName === from), name };
	};
	return {
		loadedNodes: {},
		recognizesNode(type: string) {
			const { loader, name } = find(type);
			return name in loader.known.nodes;
		},
		getNode(type: string) {
			const { loader, name } = find(type);
			return loader.getNode(name);
		},
	};
}

/** What n8n does when somebody looks at an execution, with a licence and with a policy of the workflow. */
function ofPolicy(redactionPolicy: 'none' | 'all') {
	const { ExecutionRedactionService } = ofN8n(
		'modules/redaction/executions/execution-redaction.service',
	);
	const { FullItemRedactionStrategy } = ofN8n(
		'modules/redaction/executions/strategies/full-item-redaction.strategy',
	);
	const service = new ExecutionRedactionService(
		silent,
		{ isDataRedactionLicensed: () => true },
		{ findWorkflowIdsWithScopeForUser: async () => new Set() },
		{ emit() {} },
		new FullItemRedactionStrategy(),
	);
	return async (execution: Execution) => {
		// Otherwise the policy counts under which it ran.
		delete execution.data.executionData;
		execution.workflowData.settings = { redactionPolicy };
		await service.processExecution(execution, { user: { id: 'owner' } });
	};
}

// What n8n has loaded may keep the process alive.
void main().then(
	() => process.exit(),
	(error: Error) => {
		process.stderr.write(`${error.stack}\n`, () => process.exit(1));
	},
);
