import { noEvents, operation } from '../schema/operation';
import { callControlId } from '../shared/commandFields';
import { callAnswer } from './shared';

export const retrieveStatus = operation({
	name: 'Get Status',
	action: 'Get call status',
	description:
		'Find out whether the call is still alive and how long it lasts. Telnyx knows it until 10 minutes after the end.',
	request: 'GET /calls/{call_control_id}',
	docs: 'https://developers.telnyx.com/api-reference/call-information/retrieve-a-call-status',
	fields: { call_control_id: callControlId },
	answer: callAnswer,
	events: noEvents,
});
