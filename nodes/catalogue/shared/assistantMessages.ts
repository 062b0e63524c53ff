import { choice, group, json, list, locator, mixedList, text } from '../schema/field';

const content = text({
	label: 'Content',
	description: 'What the message says',
	required: true,
	rows: 2,
	placeholder: 'e.g. I would like to change my booking',
});

const metadata = json({
	label: 'Metadata',
	description: 'Notes of your own that stay with the message, as a JSON object',
	shape: 'object',
	placeholder: 'e.g. {"source":"crm"}',
});

/** The messages of a conversation, each with the role of its author. */
export const messages = <const Label extends string>(label: Label, description: string) =>
	mixedList({
		label,
		description,
		item: 'Message',
		by: 'role',
		shape: { label: 'Role', description: 'Who says it' },
		variants: {
			user: { label: 'Caller', fields: { content, metadata } },
			assistant: {
				label: 'Assistant',
				fields: {
					content: text({
						label: 'Content',
						description: 'What the assistant said. May be empty if it called tools.',
						onTop: true,
						rows: 2,
						placeholder: 'e.g. How can I help you?',
					}),
					metadata,
					tool_calls: list({
						label: 'Tool Calls',
						description: 'Tools that the assistant called',
						item: 'Tool Call',
						fields: {
							id: text({
								label: 'ID',
								description: "The call's own ID, for the message with its result",
								required: true,
								placeholder: 'e.g. call_1',
							}),
							function: group({
								label: 'Function',
								description: 'What was called',
								required: true,
								fields: {
									name: text({
										label: 'Name',
										description: 'The name of the function',
										required: true,
										placeholder: 'e.g. get_weather',
									}),
								},
							}),
							type: choice({
								label: 'Type',
								description: 'The kind of tool: Telnyx knows functions only',
								required: true,
								choices: { function: 'Function' },
								start: 'function',
							}),
						},
					}),
				},
			},
			tool: {
				label: 'Tool',
				fields: {
					content,
					tool_call_id: text({
						label: 'Tool Call ID',
						description: 'The tool call that this is the result of',
						required: true,
						placeholder: 'e.g. call_1',
					}),
					metadata,
				},
			},
			system: { label: 'System', fields: { content, metadata } },
			developer: { label: 'Developer', fields: { content, metadata } },
		},
	});

/** A participant of the conversation on another leg. */
export const participantFields = {
	id: locator({
		label: 'Participant',
		description: 'The leg of the call that takes part, by its call control ID',
		required: true,
		list: 'calls',
		placeholder: 'e.g. v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg',
	}),
	role: choice({
		label: 'Role',
		description: 'As what they take part: Telnyx knows users only',
		required: true,
		choices: { user: 'User' },
		start: 'user',
	}),
	name: text({
		label: 'Name',
		description: 'What the assistant calls them',
		placeholder: 'e.g. Jane',
	}),
	on_hangup: choice({
		label: 'When They Hang Up',
		description: 'What becomes of the conversation then',
		choices: {
			continue_conversation: { name: 'Continue', description: 'The others go on talking' },
			end_conversation: { name: 'End', description: 'The conversation is over' },
		},
		start: 'continue_conversation',
	}),
} as const;
