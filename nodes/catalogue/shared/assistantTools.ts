import {
	choice,
	group,
	integer,
	json,
	list,
	mixedList,
	text,
	texts,
	toggle,
} from '../schema/field';
import { ASSISTANT_DESTINATION, ASSISTANT_PARTY } from './sipOptions';

const calComKey = text({
	label: 'Cal.com Key Secret',
	description: 'The identifier of the integration secret at Telnyx that holds your Cal.com API key',
	required: true,
	placeholder: 'e.g. my_calcom_api_key',
});

const eventTypeId = integer({
	label: 'Event Type ID',
	description: 'The kind of appointment, by its number at Cal.com',
	required: true,
	min: 0,
	start: 0,
});

const schema = (label: string, description: string) =>
	json({
		label,
		description: `${description}, as a JSON schema`,
		shape: 'object',
		placeholder: 'e.g. {"type":"object","properties":{"city":{"type":"string"}}}',
	});

const preset = (label: string, what: string) =>
	json({
		label,
		description: `${what} that the assistant neither sees nor changes, as a JSON object. Values may refer to dynamic variables.`,
		shape: 'object',
		placeholder: 'e.g. {"customer":"{{customer_id}}"}',
	});

const fillerText = text({
	label: 'Content',
	description: 'What the assistant says',
	required: true,
	placeholder: 'e.g. One moment, please.',
});

/** What is said while a webhook is waited for. */
const fillers = mixedList({
	label: 'Filler Messages',
	description: 'What the assistant says while it waits for the answer. Not for asynchronous calls.',
	item: 'Message',
	by: 'type',
	shape: { label: 'When', description: 'When it is said' },
	variants: {
		request_start: { label: 'At the Start', fields: { content: fillerText } },
		request_response_delayed: {
			label: 'If It Takes Longer',
			fields: {
				content: fillerText,
				timing_ms: integer({
					label: 'After (Milliseconds)',
					description: 'How long to wait for the answer before it is said',
					required: true,
					min: 0,
					start: 2000,
				}),
			},
		},
	},
});

const webhook = group({
	label: 'Webhook',
	description: 'The address to call, and what goes with it',
	required: true,
	add: 'Add webhook setting',
	fields: {
		description: text({
			label: 'Description',
			description: 'When the assistant is to use it, in your own words',
			required: true,
			rows: 2,
			placeholder: 'e.g. Looks up the weather in a city',
		}),
		name: text({
			label: 'Name',
			description: 'What the assistant calls it',
			required: true,
			placeholder: 'e.g. get_weather',
		}),
		url: text({
			label: 'URL',
			description: 'The address to call. A name in braces is filled in by the assistant.',
			required: true,
			placeholder: 'e.g. https://example.com/weather/{city}',
		}),
		async: toggle({
			label: 'Asynchronous',
			description:
				'Whether the assistant goes on talking without waiting for the answer. What it is to know later is told with Add Messages.',
			start: true,
		}),
		async_timeout_ms: integer({
			label: 'Asynchronous Timeout (Milliseconds)',
			description:
				'How long an asynchronous call is waited for before the assistant is told that it was submitted',
			min: 0,
			start: 300,
		}),
		body_parameters: schema('Body Parameters', 'What the assistant sends in the body'),
		headers: list({
			label: 'Headers',
			description: 'HTTP headers to send along',
			item: 'Header',
			fields: {
				name: text({
					label: 'Name',
					description: 'The name of the header',
					onTop: true,
					placeholder: 'e.g. X-Source',
				}),
				value: text({
					label: 'Value',
					description: 'The value of the header. It may refer to integration secrets at Telnyx.',
					onTop: true,
					placeholder: 'e.g. telnyx',
				}),
			},
		}),
		messages: fillers,
		method: choice({
			label: 'Method',
			description: 'The HTTP method to call it with',
			choices: { GET: 'GET', POST: 'POST', PUT: 'PUT', DELETE: 'DELETE', PATCH: 'PATCH' },
			start: 'POST',
		}),
		path_parameters: schema('Path Parameters', 'What the assistant fills in the address'),
		preset_body_fields: preset('Preset Body Fields', 'Fields of the body'),
		preset_query_params: preset('Preset Query Parameters', 'Parameters of the address'),
		query_parameters: schema('Query Parameters', 'What the assistant appends to the address'),
		store_fields_as_variables: list({
			label: 'Store Fields as Variables',
			description: 'Values of the answer that become dynamic variables',
			item: 'Variable',
			fields: {
				name: text({
					label: 'Name',
					description: 'The name of the variable, without braces',
					required: true,
					placeholder: 'e.g. customer_name',
				}),
				value_path: text({
					label: 'Path',
					description: 'Where the value stands in the answer, with dots between the names',
					required: true,
					placeholder: 'e.g. customer.name',
				}),
			},
		}),
	},
});

/** The tools that an AI assistant can use, one row each. */
export const tools = mixedList({
	label: 'Tools',
	description: 'What the assistant may do besides talking. They take the place of its own tools.',
	item: 'Tool',
	by: 'type',
	shape: { label: 'Type', description: 'What the tool does' },
	variants: {
		webhook: {
			label: 'Call a Webhook',
			fields: {
				webhook,
				timeout_ms: integer({
					label: 'Timeout (Milliseconds)',
					description: 'How long to wait for the answer of the webhook',
					min: 0,
					start: 5000,
				}),
			},
		},
		transfer: {
			label: 'Transfer the Call',
			fields: {
				transfer: group({
					label: 'Transfer',
					description: 'Where the call may go',
					required: true,
					add: 'Add transfer setting',
					fields: {
						from: text({
							label: 'From',
							description: 'The phone number or SIP URI that calls the target',
							required: true,
							placeholder: 'e.g. +13125550100',
							...ASSISTANT_PARTY,
						}),
						targets: list({
							label: 'Targets',
							description: 'The phone numbers or SIP URIs that the assistant chooses from',
							required: true,
							orText: true,
							item: 'Target',
							fields: {
								to: text({
									label: 'To',
									description: 'The phone number or SIP URI to call',
									required: true,
									placeholder: 'e.g. +13125550101',
									...ASSISTANT_DESTINATION,
								}),
								name: text({
									label: 'Name',
									description: 'What the assistant calls the target',
									onTop: true,
									placeholder: 'e.g. Support',
								}),
							},
						}),
					},
				}),
			},
		},
		hangup: {
			label: 'Hang Up',
			fields: {
				hangup: group({
					label: 'Hang Up',
					description: 'When to end the call',
					required: true,
					mayBeEmpty: true,
					add: 'Add hang-up setting',
					fields: {
						description: text({
							label: 'Description',
							description: 'When the assistant is to hang up, in your own words',
							rows: 2,
							placeholder: 'e.g. Use it when the caller has said goodbye',
						}),
					},
				}),
			},
		},
		retrieval: {
			label: 'Look Up Documents',
			fields: {
				retrieval: group({
					label: 'Documents',
					description: 'Where the assistant looks things up',
					required: true,
					add: 'Add document setting',
					fields: {
						bucket_ids: texts({
							label: 'Bucket IDs',
							description:
								'The storage buckets at Telnyx that hold the documents, separated by commas',
							required: true,
							placeholder: 'e.g. product-manuals, price-lists',
						}),
						max_num_results: integer({
							label: 'Maximum Results',
							description: 'The most passages that go to the language model at once',
							min: 1,
							start: 3,
						}),
					},
				}),
			},
		},
		check_availability: {
			label: 'Check Availability (Cal.com)',
			fields: {
				check_availability: group({
					label: 'Availability',
					description: 'The calendar to look in for free times',
					required: true,
					add: 'Add calendar setting',
					fields: { api_key_ref: calComKey, event_type_id: eventTypeId },
				}),
			},
		},
		book_appointment: {
			label: 'Book an Appointment (Cal.com)',
			fields: {
				book_appointment: group({
					label: 'Appointment',
					description: 'The calendar to book in, and for whom',
					required: true,
					add: 'Add calendar setting',
					fields: {
						api_key_ref: calComKey,
						event_type_id: eventTypeId,
						attendee_name: text({
							label: 'Attendee Name',
							description: 'Who the appointment is for. Left out, the assistant asks.',
							placeholder: 'e.g. Jane Doe',
						}),
						attendee_timezone: text({
							label: 'Attendee Time Zone',
							description: 'The time zone of that person. Left out, the assistant asks.',
							placeholder: 'e.g. America/Chicago',
						}),
					},
				}),
			},
		},
	},
});
