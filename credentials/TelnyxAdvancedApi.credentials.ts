import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { authenticate, CUSTOM_BASE_URL, test } from '../nodes/telnyx/credential';

export class TelnyxAdvancedApi implements ICredentialType {
	name = 'telnyxAdvancedApi';

	displayName = 'Telnyx Advanced API';

	icon: Icon = {
		light: 'file:../nodes/TelnyxAdvanced/telnyx.svg',
		dark: 'file:../nodes/TelnyxAdvanced/telnyx.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-telnyx-advanced/n8n-nodes-telnyx-advanced#set-up-telnyx';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. KEY0123…',
			description:
				'An API v2 key from the Telnyx portal, under <a href="https://portal.telnyx.com/#/api-keys" target="_blank">API Keys</a>. Telnyx shows it only once.',
			hint: 'In the Telnyx portal under <a href="https://portal.telnyx.com/#/api-keys" target="_blank">API Keys</a>',
		},
		{
			displayName: 'Public Key',
			name: 'publicKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. aBcD1234…XyZ=',
			description:
				'Proves that a webhook was sent by Telnyx. It belongs to your account and is not secret. Leave this empty, and the trigger asks Telnyx for it; what is entered here always counts, and works also while the Telnyx API does not answer. In the Telnyx portal: API Keys, then <a href="https://portal.telnyx.com/#/api-keys/public-key" target="_blank">Public Key</a>.',
			hint: 'Optional: if empty, the trigger gets it from Telnyx with the API key',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'options',
			default: 'https://api.telnyx.com/v2',
			description:
				'The Telnyx region that commands are sent to. Your keys are the same in every region.',
			hint: 'If a test says ENOTFOUND, this address could not be found: is n8n online?',
			options: [
				{
					name: 'Global',
					value: 'https://api.telnyx.com/v2',
					description: 'For most accounts: api.telnyx.com',
				},
				{
					name: 'European Union',
					value: 'https://api.telnyx.eu/v2',
					description: 'For calls of the European region: api.telnyx.eu',
				},
				{
					name: 'Australia',
					value: 'https://api.telnyx.com.au/v2',
					description: 'Commands stay in Australia: api.telnyx.com.au',
				},
				{
					name: 'Another Address',
					value: CUSTOM_BASE_URL,
					description: 'A proxy in front of Telnyx, or a test server',
				},
			],
		},
		{
			displayName: 'Custom Base URL',
			name: 'customBaseUrl',
			type: 'string',
			required: true,
			displayOptions: { show: { baseUrl: [CUSTOM_BASE_URL] } },
			default: '',
			placeholder: 'e.g. https://telnyx-proxy.example.com/v2',
			description: 'The address that stands in for https://api.telnyx.com/v2',
		},
		{
			displayName: 'Language Model Secret',
			name: 'languageModelSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. 40 random letters and digits',
			description:
				'The token that the Telnyx AI Assistant Trigger expects when a workflow is the language model of an assistant. Make up at least 20 characters, and store them at Telnyx as an <a href="https://portal.telnyx.com/#/integration-secrets" target="_blank">integration secret</a>.',
			hint: "Optional: only for an n8n workflow as an AI assistant's language model",
		},
	];

	authenticate = authenticate;

	test = test;
}
