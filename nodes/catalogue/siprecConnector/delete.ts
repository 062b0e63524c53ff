import { noEvents, operation } from '../schema/operation';
import { connectorName } from './shared';

export const deleteConnector = operation({
	name: 'Delete',
	action: 'Delete SIPREC connector',
	description: 'Remove a connector. Calls can no longer be sent to its server.',
	request: 'DELETE /siprec_connectors/{connector_name}',
	docs: 'https://developers.telnyx.com/api-reference/siprec-connectors/delete-a-siprec-connector',
	fields: { connector_name: connectorName },
	answer: {},
	returns: 'deleted',
	events: noEvents,
});
