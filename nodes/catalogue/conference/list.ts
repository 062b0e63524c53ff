import { choice, text } from '../schema/field';
import { filter } from '../shared/filters';
import { noEvents, operation } from '../schema/operation';
import { conferenceAnswer, conferenceInShort, region } from './shared';

export const list = operation({
	name: 'Get Many',
	action: 'Get many conferences',
	description: 'List conferences, those that run and those that are over',
	request: 'GET /conferences',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/list-conferences',
	fields: {
		filter: filter({
			name: text({
				label: 'Name',
				description: 'The whole name of the conference. Capital letters count.',
				placeholder: 'e.g. Support',
			}),
			status: choice({
				label: 'Status',
				description: 'How far the conference is',
				choices: {
					init: { name: 'Not Started', description: 'Created, but not started' },
					in_progress: { name: 'In Progress', description: 'Started' },
					completed: { name: 'Completed', description: 'Over' },
				},
				start: 'in_progress',
			}),
		}),
		region,
	},
	answer: conferenceAnswer,
	returns: 'pages',
	simplified: conferenceInShort,
	events: noEvents,
});
