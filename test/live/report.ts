import type { NotObserved, Seen } from './observation';
import { redact, withoutSecrets } from './redact';
import type { Result, Row } from './run';

const VERDICTS: Record<Row['verdict'], string> = {
	same: 'as assumed',
	different: '**different**',
	'not observed': '**not observed**',
};

/**
 * What was seen, in Markdown that can be attached to an issue: without keys, numbers, IDs and addresses.
 * @param against which Telnyx it was
 */
export function writeReport({
	against,
	date,
	notObserved,
	result,
	version,
}: {
	against: string;
	date: Date;
	notObserved: NotObserved[];
	result: Result;
	/** Of the package. */
	version: string;
}): string {
	const { isStopped, problem, remaining, rows, secrets } = result;
	const clean = (text: string) => redact(text, secrets);
	const of = (verdict: Row['verdict']) => rows.filter((row) => row.verdict === verdict);
	const deviating = [...of('different'), ...of('not observed')];
	const figures = rows.flatMap(({ figures, observation }) =>
		Object.entries(figures).map(([name, value]) => [observation.name, name, clean(String(value))]),
	);
	const parts = [
		`# What is assumed of Telnyx, checked with: ${against}`,
		`n8n-nodes-telnyx-advanced ${version}, ${date.toISOString().slice(0, 10)}. ` +
			`${rows.length} observations: ${of('same').length} as assumed, ${of('different').length} different, ` +
			`${of('not observed').length} not observed.${isStopped ? ' The run was stopped before its end.' : ''}` +
			(problem ? ` The run ended early: ${clean(problem)}` : ''),
		'Phone numbers, keys, IDs and addresses are left out.',
		'## Differences',
		...(deviating.length === 0 ? ['None.'] : deviating.map((row) => describe(row, clean))),
		'## All observations',
		table(
			['Observation', 'Assumed', 'Seen', 'Where'],
			rows.map(({ observation: { assumed, name, where }, verdict }) => [
				name,
				assumed,
				VERDICTS[verdict],
				`\`${where}\``,
			]),
		),
		...(figures.length === 0
			? []
			: ['## Figures', table(['Observation', 'Figure', 'Value'], figures)]),
		...(notObserved.length === 0
			? []
			: [
					'## What this check does not observe',
					table(
						['Assumed', 'Why', 'Where'],
						notObserved.map(({ assumed, where, why }) => [assumed, why, `\`${where}\``]),
					),
				]),
		'## Removed at the end',
		remaining.length === 0
			? 'Everything that the check had made.'
			: `Everything but:\n\n${remaining.map((what) => `- ${clean(what)}`).join('\n')}`,
	];
	return withoutSecrets(`${parts.join('\n\n')}\n`, secrets);
}

function describe(
	{ observation, problem, seen, verdict }: Row,
	clean: (text: string) => string,
): string {
	const { assumed, expected, how, name, where } = observation;
	return [
		`### ${name}`,
		`- Assumed: ${assumed} (\`${where}\`)`,
		`- How it was observed: ${how}`,
		...(verdict === 'different'
			? [
					`- The simulator does: \`${asText(expected)}\``,
					`- Telnyx did: \`${clean(asText(seen))}\``,
				]
			: [`- Not observed: ${clean(problem ?? '')}`]),
	].join('\n');
}

const asText = (seen: Seen) => (JSON.stringify(seen) ?? 'nothing').replaceAll('`', "'");

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replace(/\|/g, '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
