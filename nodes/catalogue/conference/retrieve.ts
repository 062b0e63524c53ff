import { noEvents, operation } from '../schema/operation';
import { conferenceAnswer, conferenceId, conferenceInShort, region } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get conference',
	description: 'Look up a conference: its name, its status, and why it ended',
	request: 'GET /conferences/{id}',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/retrieve-a-conference',
	fields: { id: conferenceId, region },
	answer: conferenceAnswer,
	simplified: conferenceInShort,
	events: noEvents,
});
