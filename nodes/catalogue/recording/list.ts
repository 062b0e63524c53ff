import { locator, text } from '../schema/field';
import { filter, timeRange } from '../shared/filters';
import { noEvents, operation } from '../schema/operation';
import { recordingAnswer, recordingInShort } from './shared';

export const list = operation({
	name: 'Get Many',
	action: 'Get many recordings',
	description: 'List the recordings of the account, all or some',
	request: 'GET /recordings',
	docs: 'https://developers.telnyx.com/api-reference/call-recordings/list-all-call-recordings',
	fields: {
		filter: filter({
			call_control_id: text({
				label: 'Call Control ID',
				description: 'The leg that was recorded',
				placeholder: 'e.g. v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg',
			}),
			call_leg_id: text({
				label: 'Call Leg ID',
				description: 'The leg that was recorded, by the ID that its events have',
				placeholder: 'e.g. 428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
			}),
			call_session_id: text({
				label: 'Call Session ID',
				description: 'The session that the recorded leg belonged to',
				placeholder: 'e.g. 428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
			}),
			conference_id: text({
				label: 'Conference ID',
				description: 'The conference that was recorded',
				placeholder: 'e.g. 182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
			}),
			conference_region: text({
				label: 'Conference Region',
				description: 'The region of the conference that was recorded',
				placeholder: 'e.g. us',
			}),
			connection_id: locator({
				label: 'Connection ID',
				description: 'The connection or application that the call belonged to',
				placeholder: 'e.g. 1494404757140276705',
				list: 'connections',
			}),
			created_at: timeRange('Created At', 'When the recording was saved'),
			end_time: timeRange('Ended At', 'When the recording ended'),
			from: text({
				label: 'From',
				description: 'The number or SIP address that called',
				placeholder: 'e.g. +13125550100',
				isPhoneNumber: true,
			}),
			sip_call_id: text({
				label: 'SIP Call ID',
				description: 'The ID of the call in SIP',
				placeholder: 'e.g. 428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
			}),
			start_time: timeRange('Started At', 'When the recording started'),
			to: text({
				label: 'To',
				description: 'The number or SIP address that was called',
				placeholder: 'e.g. +13125550101',
				isPhoneNumber: true,
			}),
		}),
	},
	answer: recordingAnswer,
	returns: 'pages',
	simplified: recordingInShort,
	events: noEvents,
});
