import { runActionAt } from '../support/engine';
import { DTMF, NOISE, SIPREC, STATE, useOneAction } from '../support/oneAction';

const { telnyx, run } = useOneAction();

describe('input that must be wrong', () => {
	const engine = (noise_suppression_engine: string, noise_suppression_engine_config: unknown) => ({
		...NOISE,
		options: { noise_suppression_engine, noise_suppression_engine_config },
	});

	const answerWithRetries = (retries_ms: string) => ({
		resource: 'call',
		operation: 'answer',
		call_control_id: 'v3:call',
		more_options: {
			webhook_options: {
				webhook_retries_policies: { items: [{ name: 'call.hangup', retries_ms }] },
			},
		},
	});

	it.each([
		['no digits', { ...DTMF, digits: '={{ "" }}' }, "'Digits' is empty"],
		['a letter that is no tone', { ...DTMF, digits: '12x' }, "'Digits' may only hold the tones"],
		['lower-case tones', { ...DTMF, digits: 'abcd' }, "'Digits' may only hold the tones"],
		[
			'a list of digits',
			{ ...DTMF, digits: '={{ [1] }}' },
			"'Digits' has to be text, but is a list",
		],
		[
			'tones too short',
			{ ...DTMF, digits: '1', options: { duration_millis: 99 } },
			"'Tone Duration (Milliseconds)' is '99', but has to be a whole number from 100 to 500",
		],
		[
			'tones too long',
			{ ...DTMF, digits: '1', options: { duration_millis: 501 } },
			'from 100 to 500',
		],
		[
			'half a millisecond',
			{ ...DTMF, digits: '1', options: { duration_millis: 100.5 } },
			'whole number',
		],
		[
			'a session timeout of 89',
			{ ...SIPREC, options: { session_timeout_secs: 89 } },
			"'Session Timeout (Seconds)' is '89', but has to be a whole number of at least 90, or 0",
		],
		[
			'an unknown transport',
			{ ...SIPREC, options: { sip_transport: '={{ "sctp" }}' } },
			"'SIP Transport' is 'sctp', but has to be one of: udp, tcp, tls",
		],
		[
			'a switch that is a word',
			{ ...SIPREC, options: { secure: '={{ "perhaps" }}' } },
			"'Secure' is 'perhaps', but has to be true or false",
		],
		[
			'a level above 100',
			engine('Krisp', { suppression_level: 101 }),
			"'Engine Settings > Suppression Level' is '101', but has to be a number from 0 to 100",
		],
		['no client state', { ...STATE, client_state: ' ' }, "'Client State' is empty"],
		[
			'a client state that is not Base64',
			{ ...STATE, client_state: 'a state', options: { client_state_encoded: true } },
			"'Client State' is not Base64",
		],
		[
			'a role that does not exist',
			{ resource: 'call', operation: 'switchSupervisorRole', role: '={{ "listen" }}' },
			"'Role' is 'listen', but has to be one of: monitor, whisper, barge",
		],
		[
			'a choice that the form calls something else',
			{
				resource: 'audio',
				operation: 'speak',
				payload: 'Hi',
				wait_for_outcome: true,
				on_failure: 'stop',
			},
			"'On Failure' is 'stop', but has to be one of: error (Fail), continue, outputs (One Output Each)",
		],
		[
			'more retries than Telnyx makes',
			answerWithRetries('1, 2, 3, 4, 5, 6'),
			"Delays (Milliseconds)' has 6 entries, but may have 5 at most",
		],
		[
			'retries that take longer than Telnyx tries',
			answerWithRetries('={{ [30000, 30001] }}'),
			"Delays (Milliseconds)' adds up to 60,001, but may add up to 60,000 at most",
		],
		[
			'an ID that would change the path',
			{ ...DTMF, call_control_id: '..', digits: '1' },
			"'Call Control ID' is not an ID that Telnyx gives out",
		],
		[
			'an operation whose name holds a code of Node.js',
			{ resource: 'call', operation: 'preexisting' },
			"There is no operation 'preexisting'",
		],
		[
			'an operation of a later version',
			{ resource: 'call', operation: 'teleport' },
			"There is no operation 'teleport' in the resource 'call'",
		],
	])('%s: is named, and nothing is sent', async (_what, fields, message) => {
		const { error } = await run(fields);
		expect(error?.message).toContain(message);
		expect(error?.description).toBe('Nothing was sent to Telnyx.');
		expect(telnyx.requests).toHaveLength(0);
	});

	it.each([
		['digits', DTMF, '={{ 12345678901234567890 }}', 'cannot be written out exactly'],
		['digits', DTMF, '={{ NaN }}', 'cannot be written out exactly'],
		['digits', DTMF, '1E', 'may only hold the tones'],
		['call_control_id', { ...DTMF, digits: '1' }, '={{ NaN }}', 'cannot be written out exactly'],
		['client_state', STATE, '={{ 0/0 }}', 'is not a number that can be sent'],
		['client_state', STATE, '={{ 12345678901234567890 }}', 'cannot be written out exactly'],
	])('a number or tone in %s that would go out changed', async (field, fields, value, message) => {
		const { error } = await run({ ...fields, [field]: value });
		expect(error?.message).toContain(message);
		expect(telnyx.requests).toHaveLength(0);
	});

	const AI = { resource: 'input', operation: 'gatherUsingAI' };
	const PAY = { resource: 'input', operation: 'pay' };
	const inOptions = (name: string) => (value: string) => ({ ...PAY, options: { [name]: value } });

	it.each<[string, (value: string) => object, string]>([
		['Parameters', (parameters) => ({ ...AI, parameters }), '{"enum":[12345678901234567890]}'],
		['Metadata', inOptions('metadata'), '{"order":12345678901234567890}'],
		['Metadata', inOptions('metadata'), '{"a":{"order":-9007199254740993}}'],
		['Metadata', inOptions('metadata'), '{"order":1e999}'],
		['Metadata', inOptions('metadata'), '={{ {"order":12345678901234567890} }}'],
		['Metadata', inOptions('metadata'), '={{ {"orders":[{"id":1/0}]} }}'],
		['Metadata', inOptions('metadata'), '={{ \'{"order":12345678901234567890}\' }}'],
	])('a number in %s that would go out changed: case %#', async (label, withValue, value) => {
		const { error } = await run(withValue(value) as never);
		expect(error?.message).toContain(
			`'${label}' holds a number that cannot be written out exactly: put it in quotes`,
		);
		expect(telnyx.requests).toHaveLength(0);
	});

	it.each([
		'{"order":"12345678901234567890","12345678901234567890":[9007199254740991,0.5,1e3,-1.5e-7]}',
		'={{ {"order":"12345678901234567890","price":19.9,"third":1/3} }}',
	])('JSON with numbers that JavaScript holds is sent as it is: %s', async (metadata) => {
		const { error } = await run(inOptions('metadata')(metadata));
		expect(error?.message ?? '').not.toContain('Metadata');
		const written = metadata.replace(/^=\{\{|\}\}$/g, '').replace('1/3', String(1 / 3));
		const sent: unknown = JSON.parse(telnyx.requests[0].body);
		expect(sent).toMatchObject({ metadata: JSON.parse(written) });
	});

	it('a command ID that is not a number, which would be the same for every command', async () => {
		const { error } = await run({ ...DTMF, digits: '1', options: { command_id: '={{ NaN }}' } });
		expect(error?.message).toContain("'Command ID' is a number that cannot be written out exactly");
	});

	it.each([
		['sparrow', 'vf_l', 'Voice Focus Large goes only with quail'],
		['quail', 'xs', 'Extra Small goes only with sparrow'],
	])('a model of the family %s with the size %s', async (family, size, message) => {
		const { error } = await run(engine('AiCoustics', { family, size }));
		expect(error?.message).toContain(message);
	});

	it.each<[{ operation: string; options?: object }, string, number, number]>([
		[DTMF, 'duration_millis', 100, 500],
		[SIPREC, 'session_timeout_secs', 90, Infinity],
		[engine('DeepFilterNet', {}), 'attenuation_limit', 0, 100],
		[engine('Krisp', {}), 'suppression_level', 0, 100],
		[engine('AiCoustics', {}), 'enhancement_level', 0, 1],
		[engine('AiCoustics', {}), 'voice_gain', 0.1, 4],
	])('%j: %s is from %d to %s', async (fields, name, min, max) => {
		const accepts = async (value: number) => {
			telnyx.reset();
			const options = fields.options
				? { ...fields.options, noise_suppression_engine_config: { [name]: value } }
				: { [name]: value };
			await run({ digits: '1', ...fields, options });
			return telnyx.requests.length === 1;
		};
		expect(await accepts(min)).toBe(true);
		expect(await accepts(min - 0.5)).toBe(false);
		if (max === Infinity) return;
		expect(await accepts(max)).toBe(true);
		expect(await accepts(max + 0.5)).toBe(false);
	});

	it('names everything at once', async () => {
		const { error } = await run({
			...DTMF,
			call_control_id: '={{ $json.nothing }}',
			digits: 'x',
			options: { duration_millis: 1 },
		});
		expect(error?.message).toMatch(/Call Control ID.*Digits.*Tone Duration/);
	});

	it('does not repeat the digits, which may be a PIN', async () => {
		const { error } = await run({ ...DTMF, digits: '1234x' });
		expect(JSON.stringify([error?.message, error?.description])).not.toContain('1234');
	});
});

describe('an expression', () => {
	it.each([
		[
			'that found nothing is shown, because a name in it may be misspelt',
			{ ...DTMF, digits: '={{ $json.digitz }}' },
			"'Digits' is empty: the expression {{ $json.digitz }} found nothing",
		],
		[
			'that was not written yet is asked for',
			{ ...DTMF, digits: '=' },
			"'Digits' is empty: it is set to an expression, so write one, or set it to Fixed",
		],
		[
			'that cannot be read is shown with its field',
			{ ...DTMF, digits: '={{ $json.digits.trim( }}' },
			"'Digits' holds an expression that cannot be read: {{ $json.digits.trim( }}. See if a bracket or a quotation mark is missing",
		],
		[
			'that cannot be read, in an option',
			{ ...DTMF, digits: '1', options: { duration_millis: '={{ ($json.long }}' } },
			"'Tone Duration (Milliseconds)' holds an expression that cannot be read: {{ ($json.long }}",
		],
		[
			'that cannot be read, behind More Options',
			{
				resource: 'call',
				operation: 'answer',
				more_options: { webhook_options: { webhook_url: '={{ ($json.address }}' } },
			},
			"'Webhook URL' holds an expression that cannot be read: {{ ($json.address }}",
		],
		[
			'that cannot be read, in a row of a list',
			{
				resource: 'call',
				operation: 'answer',
				more_options: {
					sip_options: { custom_headers: { items: [{ name: 'X', value: '={{ [1 }}' }] } },
				},
			},
			"'Custom Headers' holds an expression that cannot be read: {{ [1 }}",
		],
	])('%s', async (_what, parameters, message) => {
		const { error } = await runActionAt(telnyx, parameters);
		expect(error?.message).toContain(message);
		expect(telnyx.requests).toHaveLength(0);
	});

	it('that the node starts with says what to do instead', async () => {
		const { error } = await runActionAt(
			telnyx,
			{ ...DTMF, digits: '1' },
			{ items: [{ json: {} }] },
		);
		expect(error?.message).toContain("'Call Control ID' is empty: connect the node");
	});
});
