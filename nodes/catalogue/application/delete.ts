import { noEvents, operation } from '../schema/operation';
import { applicationAnswer, applicationId } from './shared';

export const deleteApplication = operation({
	name: 'Delete',
	action: 'Delete call control application',
	description: 'Remove an application for good. Telnyx answers with what it was.',
	request: 'DELETE /call_control_applications/{id}',
	docs: 'https://developers.telnyx.com/api-reference/call-control-applications/delete-a-call-control-application',
	fields: { id: applicationId },
	answer: applicationAnswer,
	events: noEvents,
});
