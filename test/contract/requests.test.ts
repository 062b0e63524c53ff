import fc from 'fast-check';
import type { INodeTypes } from 'n8n-workflow';
import Telnyx from 'telnyx';

import { catalogue } from '../../nodes/catalogue';
import { sendsRequest, type Operation } from '../../nodes/catalogue/schema/operation';
import { requestLine } from '../../nodes/operations/request/requestLine';
import { nodeTypesFor, runActionAt } from '../support/engine';
import { useRecorder, type Recorded } from '../support/recorder';
import { sdkObjectOf } from './sdk';
import { asParameters, valuesOf, type Values } from './values';

/**
 * For parameters of every kind, the node in n8n's engine sends what Telnyx's own SDK sends: same method,
 * same path, same query, same bytes.
 */
const OPERATIONS = catalogue.flatMap((resource) =>
	Object.entries(resource.operations as Record<string, Operation>)
		.filter(([, operation]) => sendsRequest(operation))
		// A file is sent as a form, which the SDK does not offer.
		.filter(([, { fields }]) => Object.values(fields).every(({ kind }) => kind !== 'file'))
		// Its requests are those of the lists of events and recordings, with the filters that it needs.
		.filter(([, { returns }]) => returns !== 'callSummary')
		.map(([name, operation]) => [resource.value, name, operation] as const),
);
const RUNS = 25;

const telnyx = useRecorder();

type Method = (...taken: unknown[]) => Promise<unknown>;

/** What the SDK has handed to `fetch` last. It need not go over the wire to be compared. */
let handedOver: Request;

const sdk = new Telnyx({
	apiKey: 'KEY',
	baseURL: 'https://api.telnyx.com/v2',
	maxRetries: 0,
	async fetch(url, init) {
		handedOver = new Request(url as string, init as RequestInit);
		return await Promise.resolve(Response.json({ data: [] }));
	},
});

type Sent = Pick<Recorded, 'method' | 'url' | 'body'> & {
	headers: Record<string, string | string[] | undefined>;
};

async function sentBySdk(name: string, operation: Operation, values: Values): Promise<Sent> {
	const { pathNames } = requestLine(operation);
	const inPath = pathNames.map((path) => String(values[path]));
	const body = Object.fromEntries(
		Object.entries(values).filter(([field]) => !pathNames.includes(field)),
	);
	const paging = operation.returns === 'pages' ? { 'page[number]': 1, 'page[size]': 50 } : {};
	// Of two names in a path the SDK takes the last by itself, the others with the body.
	const others = Object.fromEntries(pathNames.slice(0, -1).map((path, i) => [path, inPath[i]]));
	const sdkObject = sdkObjectOf(sdk, operation.request) as Record<string, Method>;
	const rest = { ...others, ...body, ...paging };
	const taken = [
		...inPath.slice(-1),
		...(Object.keys(rest).length > 0 ? [rest] : noBody(operation)),
	];
	await sdkObject[operation.sdk ?? name](...taken);
	const { method, url, headers } = handedOver;
	return {
		method,
		url: url.replace('https://api.telnyx.com', ''),
		headers: Object.fromEntries(headers),
		body: await handedOver.text(),
	};
}

/** Methods take a body even if it may be empty. */
const noBody = ({ request, fields }: Operation) =>
	request.startsWith('POST') || request.startsWith('PATCH') || request.startsWith('PUT')
		? Object.keys(fields).length > requestLine({ request } as Operation).pathNames.length
			? [{}]
			: []
		: [];

async function sentByNode(
	resource: string,
	operation: string,
	parameters: Values,
	{ links, mustAnswer, returns }: Operation,
	nodeTypes: INodeTypes,
): Promise<Recorded> {
	telnyx.reset();
	if (returns === 'list' || returns === 'pages') telnyx.answer = () => ({ body: { data: [] } });
	if (mustAnswer) telnyx.answer = () => ({ body: { data: { [mustAnswer]: '1' } } });
	if (links) {
		const link = `${telnyx.baseUrl}/recording.mp3`;
		telnyx.answer = () => ({ body: { data: { [links]: { mp3: link } } } });
	}
	const { error } = await runActionAt(
		telnyx,
		{ resource, operation, ...parameters },
		{ nodeTypes },
	);
	if (error) throw error;
	return telnyx.requests[0];
}

function compared({ method, url, headers, body }: Sent) {
	const { pathname, searchParams } = new URL(url, telnyx.baseUrl);
	return {
		method,
		pathname,
		query: Object.fromEntries(searchParams),
		authorization: headers.authorization,
		contentType: headers['content-type'],
		body,
	};
}

describe.each(OPERATIONS)('%s: %s', (resource, name, operation) => {
	const nodeTypes = nodeTypesFor(resource, name);

	it('sends what the SDK sends', async () => {
		await fc.assert(
			fc.asyncProperty(valuesOf(operation.fields), async (values) => {
				const ours = await sentByNode(
					resource,
					name,
					asParameters(operation.fields, values),
					operation,
					nodeTypes,
				);
				const theirs = await sentBySdk(name, operation, values);

				expect(compared(ours)).toEqual(compared(theirs));
			}),
			{ numRuns: RUNS, seed: 1 },
		);
	});
});
