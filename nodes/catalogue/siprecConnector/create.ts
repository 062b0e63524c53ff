import { noEvents, operation } from '../schema/operation';
import { connectorAnswer, connectorFields } from './shared';

export const create = operation({
	name: 'Create',
	action: 'Create SIPREC connector',
	description: 'Tell Telnyx about a session recording server that calls can be sent to',
	request: 'POST /siprec_connectors',
	docs: 'https://developers.telnyx.com/api-reference/siprec-connectors/create-a-siprec-connector',
	fields: connectorFields,
	answer: connectorAnswer,
	events: noEvents,
});
