/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
/**
 * What the nodes panel of n8n's editor finds. It compares what is typed with the names of nodes, which
 * count 1.3 times, and with their aliases, and adds up to 100 points for how popular a node is. An alias
 * cannot have more points than when it is exactly what was typed, except that a capital behind a small
 * letter counts as the beginning of a word: "cALL" is ahead of "Call". The trigger has no entry of its
 * own, as it belongs to Telnyx Advanced.
 */
import advanced from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node.json';
import { TelnyxAdvanced } from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node';
import assistant from '../../nodes/TelnyxAiAssistantTrigger/TelnyxAiAssistantTrigger.node.json';
import { TelnyxAiAssistantTrigger } from '../../nodes/TelnyxAiAssistantTrigger/TelnyxAiAssistantTrigger.node';
import phoneCall from '../../nodes/TelnyxPhoneCall/TelnyxPhoneCall.node.json';
import { TelnyxPhoneCall } from '../../nodes/TelnyxPhoneCall/TelnyxPhoneCall.node';

const ADVANCED = new TelnyxAdvanced().description.displayName;
const ASSISTANT = new TelnyxAiAssistantTrigger().description.displayName;
const PHONE_CALL = new TelnyxPhoneCall().description.displayName;

/** The nodes of n8n 2.41.1 that come near for one of the searches, and how popular n8n says they are. */
const RIVALS: ReadonlyArray<[name: string, popularity: number, ...alias: string[]]> = [
	['Calendly Trigger', 0.478],
	['Execute Sub-workflow', 0.794, 'n8n', 'call', 'sub', 'workflow', 'sub-workflow', 'subworkflow'],
	['Invoice Ninja', 0.304],
	['Local File Trigger', 0.473, 'Watch', 'Monitor'],
	['seven', 0.3, 'SMS', 'Sms77'],
	['SyncroMSP', 0.223],
	['Twilio', 0.61, 'SMS', 'Phone', 'Voice'],
	['Vonage', 0.288, 'SMS'],
];

const entry = (displayName: string, alias: string[]) => ({
	key: displayName,
	properties: { displayName, codex: { alias } },
});
const entries = [
	entry(ADVANCED, advanced.alias),
	entry(ASSISTANT, assistant.alias),
	entry(PHONE_CALL, phoneCall.alias),
	...RIVALS.map(([name, , ...alias]) => entry(name, alias)),
];
const popularity = Object.fromEntries(RIVALS.map(([name, popular]) => [name, popular * 100]));

/** The names of what is found, best first. */
async function search(text: string): Promise<string[]> {
	const { sublimeSearch } = await import('@n8n/utils/search/sublime-search');
	const { reRankSearchResults } = await import('@n8n/utils/search/re-rank-search-results');
	return reRankSearchResults(sublimeSearch(text, entries), { popularity }).map(
		({ item }) => item.key,
	);
}

describe('a search in the nodes panel', () => {
	it.each([
		'answer call',
		'ask',
		'call',
		'hang up',
		'ivr',
		'keypad',
		'make a call',
		'phone',
		'press key',
		'record call',
		'telephone',
		'text to speech',
		'transfer call',
		'voice',
		'voicemail',
	])('shows Telnyx Phone Call first or second for "%s"', async (text) => {
		expect((await search(text)).slice(0, 2)).toContain(PHONE_CALL);
	});

	it.each(['incoming call', 'receive a call', 'conference', 'siprec', 'noise', 'supervisor'])(
		'shows Telnyx Advanced first for "%s"',
		async (text) => {
			expect((await search(text))[0]).toBe(ADVANCED);
		},
	);

	it.each(['voice agent', 'voice assistant', 'ai assistant', 'dynamic variables', 'tool call'])(
		'shows Telnyx AI Assistant Trigger first or second for "%s"',
		async (text) => {
			expect((await search(text)).slice(0, 2)).toContain(ASSISTANT);
		},
	);

	it('for "sms" shows none that cannot send one', async () => {
		expect(await search('sms')).toEqual(['Twilio', 'SyncroMSP', 'seven', 'Vonage']);
	});
});
