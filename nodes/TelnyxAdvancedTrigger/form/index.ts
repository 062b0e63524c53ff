import type { INodeProperties } from 'n8n-workflow';

import { noticeLines } from '../../shared/noticeLines';
import type { ListName } from '../../telnyx/account/listSearch';
import { offeredChoices } from '../../telnyx/events';
import { AUTOMATIC, DROP, DROP_FOR_GOOD, LET_THROUGH, MANUAL } from './parameters';

const automatically = { show: { setup: [AUTOMATIC] } };

/** The list to choose the application from. */
const APPLICATIONS: ListName = 'applications';

const setup: INodeProperties[] = [
	{
		displayName: 'Webhook URL Setup',
		name: 'setup',
		type: 'options',
		noDataExpression: true,
		default: AUTOMATIC,
		description: 'How the webhook URL of your application is set at Telnyx',
		options: [
			{
				name: 'Automatic',
				value: AUTOMATIC,
				description:
					'Publishing sets the URL of your application and its API version to 2, unpublishing restores the previous ones',
			},
			{
				name: 'Manual',
				value: MANUAL,
				description: 'You paste the URL into the Telnyx portal',
			},
		],
	},
	{
		displayName: noticeLines(
			"Open 'Webhook URLs' above and copy the 'Production URL'.",
			'In the <a href="https://portal.telnyx.com/#/call-control/applications" target="_blank">Telnyx portal</a> (Voice &gt; Programmable Voice) edit your application: paste it into \'Send a webhook to the URL\', and set the webhook API version to \'API v2\'.',
			'Publish this workflow.',
		),
		name: 'setupNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { setup: [MANUAL], help: [false] } },
	},
	{
		displayName: 'Application',
		name: 'connection_id',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description:
			'The Call Control application whose events start this workflow. Publishing sets its webhook URL, unpublishing restores the previous one.',
		displayOptions: automatically,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: APPLICATIONS, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1494404757140276705',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*\\d+\\s*$',
							errorMessage: 'The ID of an application has digits only',
						},
					},
				],
			},
		],
	},
	{
		displayName: 'Use the Application for Tests',
		name: 'borrow_url',
		type: 'boolean',
		default: false,
		description:
			'Whether the application sends its events to the test URL while the editor listens. A test takes one event. No other workflow receives events during that time. Afterwards the previous URL is restored.',
		displayOptions: automatically,
	},
	{
		displayName:
			"A test receives nothing yet. Switch on 'Use the Application for Tests', or paste the test URL into your application yourself.",
		name: 'testNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { setup: [AUTOMATIC], borrow_url: [false], help: [false] } },
	},
];

const eventTypes: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		default: [],
		description: 'The events that start the workflow. All others are acknowledged and ignored.',
		options: offeredChoices.map(({ value, type, name, when, description }) => ({
			name,
			value,
			action: `When ${when}`,
			description: `${description} (${type})`,
		})),
	},
	{
		displayName: 'Separate Output for Each Event',
		name: 'separate_outputs',
		type: 'boolean',
		noDataExpression: true,
		default: true,
		description:
			"Whether each of several events has an output of its own. With All Events, the rest goes to an output named 'Other'.",
	},
];

const numbersDescription = (which: string) =>
	`Only calls ${which} one of these numbers or SIP addresses, separated by commas. A * stands for any text: +1312* for the beginning of a number.`;

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description:
		'An event has to match all filters, also while testing. An event without the field does not match.',
	options: [
		{
			displayName: 'Application IDs',
			name: 'connection_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1494404757140276705',
			description:
				'Only events of these applications (connection_id), separated by commas. Needed if several applications use the same URL.',
		},
		{
			displayName: 'Client State',
			name: 'client_state',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Condition',
			default: {},
			description: 'Only events whose client state has these values',
			options: [
				{
					displayName: 'Condition',
					name: 'conditions',
					values: [
						{
							displayName: 'Path',
							name: 'path',
							type: 'string',
							default: '',
							placeholder: 'e.g. order.step',
							description:
								'Path of the value in the JSON of the client state, with dots between the names. Leave empty if the client state is plain text.',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. menu',
							description:
								'The value to match. Separate several with commas. A * stands for any text.',
						},
					],
				},
			],
		},
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			default: 'incoming',
			description:
				'Only calls in this direction. Telnyx reports it with Call Initiated and a few other events.',
			options: [
				{ name: 'Incoming', value: 'incoming', description: 'Somebody calls your number' },
				{ name: 'Outgoing', value: 'outgoing', description: 'You dialed' },
			],
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. +1312*, sip:*@example.com',
			description: numbersDescription('from'),
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. +13125550001',
			description: numbersDescription('to'),
		},
	],
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Duplicate Events',
			name: 'duplicates',
			type: 'options',
			default: DROP,
			description: 'What to do when Telnyx sends the same event again, which it does now and then',
			options: [
				{
					name: 'Drop',
					value: DROP,
					description:
						'Fast. The IDs are lost when n8n restarts, and not shared between processes.',
				},
				{
					name: 'Drop, Also After a Restart',
					value: DROP_FOR_GOOD,
					description:
						'Needs one more read and write of the database per event. Shared between all processes of n8n (queue mode). A duplicate that only the database recognizes leaves an execution that ends at once.',
				},
				{
					name: 'Let Through',
					value: LET_THROUGH,
					description: 'The workflow has to check the ID of the event itself',
				},
			],
		},
		{
			displayName: 'More Event Types',
			name: 'event_types',
			type: 'string',
			default: '',
			placeholder: 'e.g. calls.voicemail.completed',
			description:
				'Event types that are missing from the list, because Telnyx added them later. Separate several with commas.',
		},
		{
			displayName: 'Simplify',
			name: 'simple',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
	],
};

const help: INodeProperties[] = [
	{
		displayName: 'Nothing Arrives?',
		name: 'help',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether to show what to check',
	},
	{
		displayName: noticeLines(
			"A test takes one event, within two minutes: press the button again for the next one. The 'Test URL' works only while the editor listens.",
			"The 'Production URL' works all the time once the workflow is published. Telnyx keeps one URL for each application.",
			"Telnyx has to reach the URL from the internet: it cannot reach 'localhost', an address in your own network, or a name without a dot.",
			"Filters count in tests as well. 'All Events' without filters shows everything that arrives.",
			"Requests that do not come from Telnyx are refused, and n8n's log has a line with 'Telnyx trigger' and the reason. n8n writes its log to the console (with Docker: docker logs).",
		),
		name: 'helpNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { help: [true] } },
	},
];

/** The form of the trigger. */
export const properties: INodeProperties[] = [...setup, ...eventTypes, filters, options, ...help];
