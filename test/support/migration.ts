/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { dirname, join } from 'node:path';

import { run } from './guarded';
import type { Installation } from './installN8n';
import type { Rest } from './n8nSession';

/** What n8n's own migration report for its third version finds, by the IDs of its rules. */
interface Findings {
	/** In the workflows, for whoever made them. */
	inWorkflows: string[];
	/** In the settings and the surroundings of n8n, for its administrators. */
	ofInstance: string[];
}

/** Depends on the machine: the tests start n8n without Docker, but may run in a container themselves. */
const FOR_THE_MACHINE = 'docker-only-deployment-v3';

export async function brokenByN8n3({ rest }: { rest: Rest }): Promise<Findings> {
	const { body } = await rest('GET', '/breaking-changes/report?version=v3');
	const { workflowResults, instanceResults } = body.data.report as Record<
		'workflowResults' | 'instanceResults',
		Array<{ ruleId: string }>
	>;
	const idsOf = (results: Array<{ ruleId: string }>) =>
		results
			.map(({ ruleId }) => ruleId)
			.filter((id) => id !== FOR_THE_MACHINE)
			.sort();
	return { inWorkflows: idsOf(workflowResults), ofInstance: idsOf(instanceResults) };
}

/** What the report tells administrators of an n8n with its own defaults. What to do about it: docs/n8n3.md. */
export const WITH_DEFAULTS = [
	'compression-node-limits-v3',
	'task-runner-task-timeout-v3',
	'unverified-packages-v3',
	'workflow-import-url-removed-v3',
];

/** Makes the rules of the report without what they look at. */
const LIST_RULES = `
	require('reflect-metadata');
	const { Container } = require('@n8n/di');
	const { BreakingChangeRuleMetadata } = require('@n8n/decorators');
	require('./dist/modules/breaking-changes/rules/index.js');
	const entries = Container.get(BreakingChangeRuleMetadata).getEntries();
	const rules = entries.filter(({ version }) => version === 'v3').map(({ class: Rule }) => new Rule());
	console.log('\\n' + JSON.stringify(rules.map(({ id }) => id)));
`;

/**
 * The IDs of all rules of that report.
 * @param folder where n8n may write
 */
export async function rulesOfN8n3({ n8n, node }: Installation, folder: string): Promise<string[]> {
	const printed = await run(node, ['-e', LIST_RULES], {
		cwd: join(dirname(n8n), '..'),
		env: { HOME: folder, N8N_USER_FOLDER: folder },
	});
	return JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '');
}
