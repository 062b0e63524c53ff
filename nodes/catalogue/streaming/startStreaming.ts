import { list, text } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { dialogflow, stream } from '../shared/streamingOptions';

export const startStreaming = operation({
	name: 'Start',
	action: 'Start media streaming',
	description: "Send the call's audio to a WebSocket server, which can send audio back",
	request: 'POST /calls/{call_control_id}/actions/streaming_start',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/streaming-start',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		custom_parameters: list({
			label: 'Custom Parameters',
			description: 'Names and values that your server gets when the stream starts',
			item: 'Parameter',
			fields: {
				name: text({
					label: 'Name',
					description: 'The name of the parameter',
					onTop: true,
					placeholder: 'e.g. order',
				}),
				value: text({
					label: 'Value',
					description: 'The value of the parameter',
					onTop: true,
					placeholder: 'e.g. 1042',
				}),
			},
		}),
		...dialogflow,
		...stream,
		stream_url: { ...stream.stream_url, onTop: true },
	},
	answer: commandResult,
	events: {
		success: ['streaming.started'],
		failure: ['streaming.failed'],
		others: ['streaming.stopped', 'dialogflow.detectintent.response'],
	},
});
