import { texts } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import {
	applicationAnswer,
	applicationId,
	generalSettings,
	requiredSettings,
	webhookSettings,
} from './shared';

export const update = operation({
	name: 'Update',
	action: 'Update call control application',
	description:
		'Change an application. Telnyx wants its name and its webhook URL with every change.',
	request: 'PATCH /call_control_applications/{id}',
	docs: 'https://developers.telnyx.com/api-reference/call-control-applications/update-a-call-control-application',
	fields: {
		id: applicationId,
		...requiredSettings,
		...generalSettings,
		tags: texts({
			label: 'Tags',
			description: 'Words to find the application by, separated by commas',
			placeholder: 'e.g. support, europe',
		}),
		...webhookSettings,
	},
	answer: applicationAnswer,
	events: noEvents,
});
