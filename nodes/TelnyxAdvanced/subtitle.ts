import { catalogue, type FieldName } from '../catalogue';

const NAMES = Object.fromEntries(
	catalogue.map(({ name, operations, value }) => [
		value,
		Object.fromEntries(
			Object.entries(operations).map(([key, operation]) => [key, `${name}: ${operation.name}`]),
		),
	]),
);

/** Fields that tell more about a call than the name of the operation does. */
const TELLING: readonly FieldName[] = ['payload', 'to', 'digits', 'audio_url'];

/** Below the node: the words, the number, the keys or the file, else what it does. */
export const SUBTITLE = `={{ ${TELLING.map((field) => `$parameter.${field}`).join(' || ')} || (${JSON.stringify(NAMES)})[$parameter.resource]?.[$parameter.operation] }}`;
