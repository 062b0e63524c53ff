import { choice, decimal, settings } from '../schema/field';
import { commandResult, noEvents, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const startNoiseSuppression = operation({
	name: 'Start',
	action: 'Start noise suppression',
	description: 'Remove background noise from the call (beta at Telnyx)',
	request: 'POST /calls/{call_control_id}/actions/suppression_start',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/noise-suppression-start',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		direction: choice({
			label: 'Direction',
			description: 'Whose audio is cleaned. Telnyx charges for each direction.',
			choices: {
				inbound: { name: 'Inbound', description: 'What this leg says' },
				outbound: { name: 'Outbound', description: 'What this leg hears' },
				both: { name: 'Both', description: 'Both directions' },
			},
			start: 'inbound',
		}),
		noise_suppression_engine: choice({
			open: true,
			label: 'Engine',
			description: 'The engine that removes the noise. By default, Telnyx uses Denoiser.',
			choices: {
				AiCoustics: {
					name: 'AiCoustics',
					description: 'With model family, size, enhancement level and voice gain',
				},
				aic_l_quail: { name: 'AiCoustics Quail Large', description: 'For speech recognition' },
				aic_s_quail: { name: 'AiCoustics Quail Small', description: 'For speech recognition' },
				aic_l_rook: { name: 'AiCoustics Rook Large', description: 'A ready-made large model' },
				aic_s_rook: { name: 'AiCoustics Rook Small', description: 'A ready-made small model' },
				DeepFilterNet: { name: 'DeepFilterNet', description: 'With mode and attenuation limit' },
				Denoiser: { name: 'Denoiser', description: "Telnyx's own engine, without settings" },
				Krisp: { name: 'Krisp', description: 'With model and suppression level' },
				quail_voice_focus_xs: {
					name: 'Quail Voice Focus Extra Small',
					description: 'Keeps the voice nearest to the microphone',
				},
				quail_voice_focus_s: {
					name: 'Quail Voice Focus Small',
					description: 'Keeps the voice nearest to the microphone',
				},
			},
			start: 'Denoiser',
		}),
		noise_suppression_engine_config: settings({
			label: 'Engine Settings',
			description: 'Fine-tuning of the chosen engine',
			by: 'noise_suppression_engine',
			variants: {
				DeepFilterNet: {
					attenuation_limit: decimal({
						label: 'Attenuation Limit',
						description: 'How much noise may be taken away, from 0 (none) to 100 (all)',
						min: 0,
						max: 100,
						start: 100,
					}),
					mode: choice({
						open: true,
						label: 'Mode',
						description: 'How thoroughly the audio is processed',
						choices: { standard: 'Standard', advanced: 'Advanced' },
						start: 'standard',
					}),
				},
				Krisp: {
					model: choice({
						open: true,
						label: 'Model',
						description: 'The Krisp model to use',
						choices: {
							'krisp-viva-tel-v2.kef': 'Viva Telephony V2',
							'krisp-viva-tel-lite-v1.kef': 'Viva Telephony Lite V1',
							'krisp-viva-pro-v1.kef': 'Viva Pro V1',
							'krisp-viva-ss-v1.kef': 'Viva SS V1',
						},
						start: 'krisp-viva-tel-v2.kef',
					}),
					suppression_level: decimal({
						label: 'Suppression Level',
						description: 'How strongly noise is suppressed, from 0 to 100',
						min: 0,
						max: 100,
						start: 100,
					}),
				},
				AiCoustics: {
					enhancement_level: decimal({
						label: 'Enhancement Level',
						description: 'How strongly the voice is enhanced, from 0 to 1',
						min: 0,
						max: 1,
						start: 1,
					}),
					family: choice({
						open: true,
						label: 'Model Family',
						description: 'What the cleaned audio is for',
						choices: {
							sparrow: { name: 'Sparrow', description: 'People who talk to each other' },
							quail: { name: 'Quail', description: 'Voice AI and speech recognition' },
						},
						start: 'sparrow',
					}),
					size: choice({
						open: true,
						label: 'Model Size',
						description: 'The size of the model. Some sizes belong to one family.',
						choices: {
							xxs: {
								name: 'Extra Extra Small',
								description: 'Sparrow only',
								onlyWith: { family: 'sparrow' },
							},
							xs: {
								name: 'Extra Small',
								description: 'Sparrow only',
								onlyWith: { family: 'sparrow' },
							},
							l: { name: 'Large', description: 'Both families' },
							s: { name: 'Small', description: 'Both families' },
							vf_1_1_l: {
								name: 'Voice Focus 1.1 Large',
								description: 'Quail only',
								onlyWith: { family: 'quail' },
							},
							vf_l: {
								name: 'Voice Focus Large',
								description: 'Quail only',
								onlyWith: { family: 'quail' },
							},
						},
						start: 'l',
					}),
					voice_gain: decimal({
						label: 'Voice Gain',
						description: 'What the loudness of the voice is multiplied by, from 0.1 to 4',
						min: 0.1,
						max: 4,
						start: 1,
					}),
				},
			},
		}),
	},
	answer: commandResult,
	events: noEvents,
});
