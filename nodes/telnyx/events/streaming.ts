import type { VoiceEvent } from './event';

/** The copy of a call that goes to a WebSocket server. */
export const streamingEvents = [
	{
		type: 'streaming.failed',
		name: 'Streaming Failed',
		when: 'a media stream fails',
		short: 'No Stream',
		description: 'The audio could not be streamed to your server',
		payload: {
			failure_reason: 'string',
			stream_id: 'string',
			stream_params: 'object',
			stream_type: 'string',
		},
	},
	{
		type: 'streaming.started',
		name: 'Streaming Started',
		when: 'a media stream starts',
		short: 'Stream On',
		description: 'The audio is being streamed to your server',
		payload: { stream_url: 'string' },
	},
	{
		type: 'streaming.stopped',
		name: 'Streaming Stopped',
		when: 'a media stream stops',
		short: 'Stream Off',
		description: 'The audio is no longer streamed to your server',
		payload: { stream_url: 'string' },
	},
] as const satisfies readonly VoiceEvent[];
