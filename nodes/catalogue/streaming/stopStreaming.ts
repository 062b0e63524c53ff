import { text } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopStreaming = operation({
	name: 'Stop',
	action: 'Stop media streaming',
	description: "Stop sending the call's audio to a WebSocket server",
	request: 'POST /calls/{call_control_id}/actions/streaming_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/streaming-stop',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		stream_id: text({
			label: 'Stream ID',
			description:
				'The stream to stop, as the streaming events name it. All of the call, if left out.',
			placeholder: 'e.g. 1edb94f9-7ef0-4150-b502-e0ebadfd9491',
		}),
	},
	answer: commandResult,
	endedIsFine: true,
	events: { success: ['streaming.stopped'], failure: [] },
});
