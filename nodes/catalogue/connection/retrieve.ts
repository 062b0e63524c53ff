import { noEvents, operation } from '../schema/operation';
import { connectionAnswer, connectionId, connectionInShort } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get connection',
	description: 'Look up a connection of any kind',
	request: 'GET /connections/{id}',
	docs: 'https://developers.telnyx.com/api-reference/connections/retrieve-a-connection',
	fields: { id: connectionId },
	answer: connectionAnswer,
	simplified: connectionInShort,
	events: noEvents,
});
