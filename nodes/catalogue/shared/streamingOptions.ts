import { choice, group, text, toggle } from '../schema/field';
import { SOCKET_ADDRESS } from './addresses';

const CODECS = {
	PCMU: { name: 'PCMU', description: 'G.711 μ-law, 8 kHz' },
	PCMA: { name: 'PCMA', description: 'G.711 A-law, 8 kHz' },
	G722: { name: 'G722', description: '8 kHz' },
	OPUS: { name: 'OPUS', description: '8 or 16 kHz' },
	'AMR-WB': { name: 'AMR-WB', description: '8 or 16 kHz' },
	L16: { name: 'L16', description: 'Linear, without compression' },
} as const;

/** The fields of Answer: all but the token and the sampling rate. */
export const streamOnAnswer = {
	stream_bidirectional_codec: choice({
		open: true,
		label: 'Return Codec',
		description: 'The codec of the audio that your server sends back. Only with the RTP mode.',
		choices: CODECS,
		start: 'PCMU',
	}),
	stream_bidirectional_mode: choice({
		label: 'Return Mode',
		description: 'How your server sends audio back into the call',
		choices: {
			mp3: { name: 'MP3', description: 'As MP3 files' },
			rtp: { name: 'RTP', description: 'As RTP packets, in real time' },
		},
		start: 'mp3',
	}),
	stream_bidirectional_target_legs: choice({
		label: 'Return Legs',
		description: 'Who hears the audio that your server sends back',
		choices: {
			both: { name: 'Both', description: 'Both legs of the call' },
			self: { name: 'Self', description: 'This leg' },
			opposite: { name: 'Opposite', description: 'The other leg' },
		},
		start: 'opposite',
	}),
	stream_codec: choice({
		open: true,
		label: 'Codec',
		description: 'The codec of the audio that your server gets',
		choices: { ...CODECS, default: { name: 'Default', description: 'The codec of the call' } },
		start: 'default',
	}),
	stream_track: choice({
		label: 'Streamed Track',
		description: 'Whose audio is streamed',
		choices: {
			inbound_track: { name: 'Inbound', description: 'What this leg says' },
			outbound_track: { name: 'Outbound', description: 'What this leg hears' },
			both_tracks: { name: 'Both', description: 'Both directions' },
		},
		start: 'inbound_track',
	}),
	stream_url: text({
		label: 'Stream URL',
		description: 'The WebSocket address of your server that gets the audio',
		placeholder: 'e.g. wss://example.com/audio',
		pattern: SOCKET_ADDRESS,
	}),
} as const;

/** The fields of Dial and of Start Streaming. */
export const stream = {
	...streamOnAnswer,
	stream_auth_token: text({
		label: 'Authentication Token',
		secret: true,
		description: 'A token that your server gets with the connection, in 4,000 characters at most',
		placeholder: 'e.g. a secret that your server knows',
		pattern: { matches: /^[\s\S]{1,4000}$/, says: 'may hold 4,000 characters at most' },
	}),
	stream_bidirectional_sampling_rate: choice({
		label: 'Return Sampling Rate',
		description: 'How many samples a second the audio has that your server sends back',
		choices: {
			8000: '8 kHz',
			16000: '16 kHz',
			22050: '22.05 kHz',
			24000: '24 kHz',
			48000: '48 kHz',
		},
		start: 8000,
	}),
} as const;

/** Google's Dialogflow on a streamed call. */
export const dialogflow = {
	dialogflow_config: group({
		label: 'Dialogflow Settings',
		description: 'What Dialogflow does on the call',
		add: 'Add setting',
		fields: {
			analyze_sentiment: toggle({
				label: 'Analyze Sentiment',
				description: 'Whether Dialogflow tells the mood of what is said',
				start: false,
			}),
			partial_automated_agent_reply: toggle({
				label: 'Partial Agent Reply',
				description: 'Whether Dialogflow sends parts of an automated reply before it is whole',
				start: false,
			}),
		},
	}),
	enable_dialogflow: toggle({
		label: 'Enable Dialogflow',
		description: 'Whether Dialogflow listens to the call',
		start: false,
	}),
} as const;
