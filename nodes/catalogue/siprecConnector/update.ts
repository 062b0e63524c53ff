import { noEvents, operation } from '../schema/operation';
import { connectorAnswer, connectorFields, connectorName } from './shared';

export const update = operation({
	name: 'Update',
	action: 'Update SIPREC connector',
	description: 'Point a connector to another session recording server',
	request: 'PUT /siprec_connectors/{connector_name}',
	docs: 'https://developers.telnyx.com/api-reference/siprec-connectors/update-a-siprec-connector',
	fields: { connector_name: connectorName, ...connectorFields },
	answer: connectorAnswer,
	events: noEvents,
});
