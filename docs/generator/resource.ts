import {
	sendsRequest,
	type Operation,
	type Resource,
} from '../../nodes/catalogue/schema/operation';
import { outputOf } from '../../build/outputOf';
import { outputFields } from '../../nodes/operations/form/output';
import { waitFields } from '../../nodes/waiting/form';
import { canWait } from '../../nodes/waiting/events';
import { example } from './example';
import { fieldTable } from './field';
import { anchorOf, codes, page, sentence } from './markdown';
import { settingsTable } from './settings';

/** The page of a resource. */
export function resourcePage({ name, value, operations }: Resource): string {
	return page([
		`# ${name} (\`${value}\`)`,
		'',
		'Made from the catalogue by `npm run docs`. Do not edit by hand.',
		'',
		'Each field has the name of the form, and the one in code letters that workflows and the Telnyx API have. **Bold** fields are required. Fields below the name of a collection (*Options*, for example) are found under it in the form, and are sent only if you add them.',
		'',
		...Object.values(operations).map(
			(operation) => `- [${operation.name}](#${anchorOf(operation.name)}): ${operation.action}`,
		),
		'',
		...Object.entries(operations).flatMap(([key, operation]) => operationSection(key, operation)),
	]);
}

function operationSection(key: string, operation: Operation): string[] {
	const { name, description, request, docs, fields } = operation;
	const outputs = Object.keys(outputOf(operation));
	return [
		`## ${name}`,
		'',
		sentence(description),
		'',
		sendsRequest(operation)
			? `\`${key}\` in a workflow, [\`${request}\`](${docs}) at Telnyx`
			: `\`${key}\` in a workflow. It sends nothing.`,
		'',
		following(operation),
		'',
		...(Object.keys(fields).length > 0 ? fieldTable(fields) : []),
		...(sendsRequest(operation) ? example(operation) : []),
		...settingsTable({ ...waitFields(operation), ...outputFields(operation) }),
		`Puts out ${codes(outputs) || 'what Telnyx answers'}.`,
		'',
	];
}

/** What happens at Telnyx after an operation, and whether it can be repeated. */
function following(operation: Operation): string {
	const { request, fields, events } = operation;
	if (!sendsRequest(operation)) return '[More about waiting](../waiting.md).';
	if (request.startsWith('GET')) return 'Changes nothing.';
	const webhooks = webhooksOf(events);
	return [
		webhooks.length > 0 ? `Webhooks that follow: ${webhooks.join(' ')}` : 'No webhook follows.',
		...(canWait(operation) ? ['The node can [wait for the outcome](../waiting.md).'] : []),
		'command_id' in fields
			? 'Has a command ID: a retry is carried out only once.'
			: 'Has no command ID.',
	].join(' ');
}

const webhooksOf = ({ success, failure, detected = [], others = [] }: Operation['events']) =>
	[
		{ says: 'It worked out', types: success },
		{ says: 'It worked out, with answering machine detection', types: detected },
		{ says: 'It did not', types: failure },
		{ says: 'Also sent', types: others },
	]
		.filter(({ types }) => types.length > 0)
		.map(({ says, types }) => `${says}: ${codes(types)}.`);
