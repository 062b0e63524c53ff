import { catalogue } from '../nodes/catalogue';
import { RESOURCE } from '../nodes/TelnyxPhoneCall/form';
import { STEPS } from '../nodes/TelnyxPhoneCall/steps';
import { outputOf, outputOfStep } from './outputOf';
import { commonPayload, events } from '../nodes/telnyx/events';

/** An output schema as n8n reads it. */
interface OutputSchema extends ObjectSchema {
	/** Of the schema, not of the node. */
	version: 1;
}

interface ObjectSchema {
	type: 'object';
	properties: Record<string, { type: string } | ObjectSchema>;
}

/** Fields with their types in JSON schema, or with the fields of an object. */
interface Output {
	readonly [name: string]: string | Output;
}

/**
 * The schemas from which the editor previews a node's output before its first run, generated from the
 * catalogues.
 * @returns the schemas by their paths below `nodes`, where n8n looks for them
 */
export function outputSchemas(): Map<string, OutputSchema> {
	const ofOperations = catalogue.flatMap(({ value, operations }) =>
		Object.entries(operations).map(
			([name, operation]) =>
				[
					`TelnyxAdvanced/__schema__/v1.0.0/${value}/${name}.json`,
					schemaOf(outputOf(operation)),
				] as const,
		),
	);
	const ofSteps = Object.entries(STEPS).map(
		([name, step]) =>
			[
				`TelnyxPhoneCall/__schema__/v1.0.0/${RESOURCE}/${name}.json`,
				schemaOf(outputOfStep(step)),
			] as const,
	);
	return new Map([
		...ofOperations,
		...ofSteps,
		['TelnyxAdvancedTrigger/__schema__/v1.0.0.json', schemaOf(anyEvent())],
		['TelnyxAiAssistantTrigger/__schema__/v1.0.0.json', schemaOf(anyRequest)],
	]);
}

/** The trigger's output, with the payload fields of every event. */
const anyEvent = (): Output => ({
	record_type: 'string',
	event_type: 'string',
	id: 'string',
	occurred_at: 'string',
	payload: Object.assign({}, commonPayload, ...events.map((event) => event.payload)),
	meta: { attempt: 'integer', delivered_to: 'string' },
	client_state: 'object',
});

/** What an assistant's requests have in common: all else depends on the assistant. */
const anyRequest: Output = { call_control_id: 'string' };

const schemaOf = (fields: Output): OutputSchema => ({ ...objectOf(fields), version: 1 });

const objectOf = (fields: Output): ObjectSchema => ({
	type: 'object',
	properties: Object.fromEntries(
		Object.entries(fields).map(([name, type]) => [
			name,
			typeof type === 'string' ? { type } : objectOf(type),
		]),
	),
});
