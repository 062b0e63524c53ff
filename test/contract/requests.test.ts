import fc from 'fast-check';
import Telnyx from 'telnyx';

import { catalogue } from '../../nodes/TelnyxAdvanced/catalogue';
import type { Field, Fields } from '../../nodes/TelnyxAdvanced/catalogue/fields';
import { requestLine, type Operation } from '../../nodes/TelnyxAdvanced/catalogue/operation';
import { runAction } from '../support/engine';
import { startRecorder, type Recorded, type Recorder } from '../support/recorder';

/**
 * For parameters of every kind, the node in n8n's engine sends what Telnyx' own SDK sends: same method,
 * same path, same bytes.
 */
const OPERATIONS = catalogue.flatMap((resource) =>
	Object.entries(resource.operations as Record<string, Operation>).map(
		([name, operation]) => [resource.value, name, operation] as const,
	),
);
const RUNS = 25;

let telnyx: Recorder;
beforeAll(async () => void (telnyx = await startRecorder()));
afterAll(async () => await telnyx.close());

type Values = Record<string, unknown>;
type CallAction = (id: string, body: Values) => Promise<unknown>;

async function sentBySdk(name: string, id: string, body: Values): Promise<Recorded> {
	telnyx.reset();
	const sdk = new Telnyx({ apiKey: 'KEY', baseURL: telnyx.baseUrl, maxRetries: 0 });
	const actions = sdk.calls.actions as unknown as Record<string, CallAction>;
	await actions[name](id, body);
	return telnyx.requests[0];
}

async function sentByNode(
	resource: string,
	operation: string,
	parameters: Values,
): Promise<Recorded> {
	telnyx.reset();
	const { error } = await runAction({
		credential: { apiKey: 'KEY', baseUrl: 'custom', customBaseUrl: telnyx.baseUrl },
		parameters: { resource, operation, ...parameters } as never,
	});
	expect(error).toBeUndefined();
	return telnyx.requests[0];
}

describe.each(OPERATIONS)('%s: %s', (resource, name, operation) => {
	it('sends what the SDK sends', async () => {
		await fc.assert(
			fc.asyncProperty(valuesOf(operation.fields), async (values) => {
				const ours = await sentByNode(resource, name, asParameters(operation, values));
				const { pathNames } = requestLine(operation);
				const body = Object.fromEntries(
					Object.entries(values).filter(([field]) => !pathNames.includes(field)),
				);
				const theirs = await sentBySdk(name, String(values[pathNames[0]]), body);

				expect([ours.method, ours.url, ours.body]).toEqual([
					theirs.method,
					theirs.url,
					theirs.body,
				]);
				expect(ours.headers.authorization).toBe(theirs.headers.authorization);
				expect(ours.headers['content-type']).toBe(theirs.headers['content-type']);
			}),
			{ numRuns: RUNS, seed: 1 },
		);
	});
});

/** What goes on the wire: required fields always, the others by chance, in the record's order. */
function valuesOf(fields: Fields): fc.Arbitrary<Values> {
	const chosen = Object.entries(fields).map(([name, field]) =>
		fc
			.option(valueOf(field), {
				freq: field.required || field.kind === 'commandId' ? 1e9 : 1,
				nil: undefined,
			})
			.map((value) => [name, value] as const),
	);
	return fc.tuple(...chosen).chain((entries) => {
		const values = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
		const [settings] = Object.entries(fields).filter(([, field]) => field.kind === 'settings');
		if (!settings) return fc.constant(values);
		// Settings only make sense for the engine that was drawn.
		const [name, field] = settings as [string, Extract<Field, { kind: 'settings' }>];
		const variant = field.variants[String(values[field.by])];
		delete values[name];
		if (!variant) return fc.constant(values);
		return valuesOf(variant).map((config) =>
			Object.keys(config).length === 0 ? values : { ...values, [name]: config },
		);
	});
}

function valueOf(field: Field): fc.Arbitrary<unknown> {
	const line = fc
		.string({ minLength: 1 })
		.filter((text) => text.trim() === text && !text.startsWith('='));
	switch (field.kind) {
		case 'choice':
			return fc.constantFrom(...Object.keys(field.choices));
		case 'toggle':
			return fc.boolean();
		case 'number': {
			const range = { min: field.min, max: field.max ?? 100_000 };
			const inside = field.whole
				? fc.integer(range)
				: fc.double({ ...range, noNaN: true }).map((n) => (Object.is(n, -0) ? 0 : n));
			return fc.oneof(inside, fc.constantFrom(field.min, ...(field.also ?? [])));
		}
		case 'clientState':
			return line.map((text) => Buffer.from(text).toString('base64'));
		case 'commandId':
			return line;
		case 'text':
			return field.pattern
				? fc.stringMatching(field.pattern.matches)
				: line.filter((text) => !/^\.{1,2}$/.test(text));
		case 'settings':
			return fc.constant({});
	}
}

/** The same values as a user's form has them. */
function asParameters({ fields }: Operation, values: Values): Values {
	const entries = Object.entries(values);
	const options = Object.fromEntries(entries.filter(([name]) => !fields[name].required));
	return {
		...Object.fromEntries(entries.filter(([name]) => fields[name].required)),
		options: 'client_state' in values ? { ...options, client_state_encoded: true } : options,
	};
}
