import type { Rest } from './n8nSession';

/** What n8n's own migration report for its third version finds in the workflows of `n8n`, by the titles of its rules. */
export async function brokenByN8n3({ rest }: { rest: Rest }): Promise<string[]> {
	const { body } = await rest('GET', '/breaking-changes/report?version=v3');
	const { workflowResults } = body.data.report as { workflowResults: Array<{ ruleTitle: string }> };
	return workflowResults.map(({ ruleTitle }) => ruleTitle);
}
