import { locator } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { phoneNumberAnswer, phoneNumberId, phoneNumberInShort } from './shared';

export const update = operation({
	name: 'Set Application',
	action: 'Set application that takes calls to a number',
	description: 'Let an application take the calls to one of your phone numbers',
	request: 'PATCH /phone_numbers/{id}',
	docs: 'https://developers.telnyx.com/api-reference/phone-number-configurations/update-a-phone-number',
	fields: {
		id: phoneNumberId,
		connection_id: locator({
			label: 'Call Control Application',
			description: 'The application that takes the calls from now on',
			required: true,
			list: 'applications',
			placeholder: 'e.g. 1494404757140276705',
		}),
	},
	answer: phoneNumberAnswer,
	simplified: phoneNumberInShort,
	events: noEvents,
});
