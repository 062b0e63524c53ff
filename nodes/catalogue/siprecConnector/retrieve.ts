import { noEvents, operation } from '../schema/operation';
import { connectorAnswer, connectorName } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get SIPREC connector',
	description: 'Look up which session recording server a connector stands for',
	request: 'GET /siprec_connectors/{connector_name}',
	docs: 'https://developers.telnyx.com/api-reference/siprec-connectors/retrieve-a-siprec-connector',
	fields: { connector_name: connectorName },
	answer: connectorAnswer,
	events: noEvents,
});
