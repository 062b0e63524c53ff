import { noEvents, operation } from '../schema/operation';
import { phoneNumberAnswer, phoneNumberId, phoneNumberInShort } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get phone number with its application',
	description: 'Find out which application or connection takes the calls to a phone number',
	request: 'GET /phone_numbers/{id}',
	docs: 'https://developers.telnyx.com/api-reference/phone-number-configurations/retrieve-a-phone-number',
	fields: { id: phoneNumberId },
	answer: phoneNumberAnswer,
	simplified: phoneNumberInShort,
	events: noEvents,
});
