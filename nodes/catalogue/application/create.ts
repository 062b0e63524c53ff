import { noEvents, operation } from '../schema/operation';
import { applicationAnswer, generalSettings, requiredSettings, webhookSettings } from './shared';

export const create = operation({
	name: 'Create',
	action: 'Create call control application',
	description:
		'Add an application, which says where the events of its calls go. Its ID is the connection ID of calls.',
	request: 'POST /call_control_applications',
	docs: 'https://developers.telnyx.com/api-reference/call-control-applications/create-a-call-control-application',
	fields: { ...requiredSettings, ...generalSettings, ...webhookSettings },
	answer: applicationAnswer,
	mustAnswer: 'id',
	events: noEvents,
});
