import { DTMF, refuses, useOneAction } from '../support/oneAction';

const { telnyx, credential, run } = useOneAction();

describe('On Error', () => {
	const items = [
		{ digit: '1', name: 'Ann' },
		{ digit: 'x', name: 'Bob' },
		{ digit: '3', name: 'Cem' },
	];
	const fields = { ...DTMF, digits: '={{ $json.digit }}' };
	beforeEach(() => {
		telnyx.answer = ({ body }) =>
			body.includes('"digits":"3"')
				? refuses(422, { code: '90018', title: 'Call has already ended' })()
				: { body: { data: { result: 'ok' } } };
	});

	const invalid = {
		error: expect.stringContaining("'Digits' may only hold"),
		details: expect.objectContaining({ complaints: [expect.stringContaining("'Digits'")] }),
	};
	const ended = {
		error: 'The call has already ended',
		details: expect.objectContaining({
			http_status: 422,
			code: '90018',
			title: 'Call has already ended',
			todo: expect.any(String),
			description: expect.any(String),
		}),
	};

	it('= stop: the first failed item in order is the one that is shown', async () => {
		const { error } = await run(fields, { items });
		expect(error?.message).toContain("'Digits'");
		expect(error?.context).toMatchObject({ itemIndex: 1 });
	});

	it('= continue: failed items keep their input and their link', async () => {
		const { output, error } = await run(fields, {
			items,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(error).toBeUndefined();
		expect(output).toEqual([
			{ json: expect.objectContaining({ result: 'ok' }), pairedItem: { item: 0 } },
			{ json: { ...items[1], ...invalid }, pairedItem: { item: 1 } },
			{ json: { ...items[2], ...ended }, pairedItem: { item: 2 } },
		]);
	});

	it('= continue (using error output): failed items go there, with input and link', async () => {
		const { output, errorOutput } = await run(fields, {
			items,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(output).toEqual([
			{ json: expect.objectContaining({ result: 'ok' }), pairedItem: { item: 0 } },
		]);
		expect(errorOutput).toEqual([
			{ json: { ...items[1], ...invalid }, pairedItem: { item: 1 } },
			{ json: { ...items[2], ...ended }, pairedItem: { item: 2 } },
		]);
	});

	it.each([
		[
			'a base URL that is none',
			() => ({ ...credential(), customBaseUrl: 'x' }),
			'is not a web address',
		],
		['a credential that was deleted', () => undefined, 'the credential was deleted'],
	])(
		'= continue: with %s every item fails, and none counts as sent',
		async (_what, data, message) => {
			const failed = items.map((json, item) => ({
				json: { ...json, error: expect.stringContaining(message), details: expect.anything() },
				pairedItem: { item },
			}));
			const more = { items, credential: data() };
			const regular = await run(fields, {
				...more,
				settings: { onError: 'continueRegularOutput' },
			});
			expect(regular.output).toEqual(failed);
			const branched = await run(fields, { ...more, settings: { onError: 'continueErrorOutput' } });
			expect(branched.output).toEqual([]);
			expect(branched.errorOutput).toEqual(failed);
			const stopped = await run(fields, more);
			expect(stopped.error?.message).toContain(message);
		},
	);

	it('= continue: failed items keep their binary data', async () => {
		const binary = { data: { data: 'YQ==', mimeType: 'text/plain' } };
		const settings = { onError: 'continueRegularOutput' } as const;
		const { output } = await run({ ...DTMF, digits: '={{ "x" }}' }, { binary, settings });
		expect(output[0].binary).toEqual(binary);
	});

	it('= continue: details have every reason, that of the message first, and the request ID', async () => {
		telnyx.answer = () => ({
			status: 422,
			body: { errors: [{ title: 'Other' }, { code: '90034', title: 'Not answered' }] },
			headers: { 'x-request-id': 'request-7' },
		});
		const settings = { onError: 'continueRegularOutput' } as const;
		const { output } = await run({ ...DTMF, digits: '1' }, { settings });
		expect(output[0].json.details).toMatchObject({
			code: '90034',
			errors: [{ title: 'Other' }, { code: '90034', title: 'Not answered' }],
			request_id: 'request-7',
		});
	});

	it('= the old Continue On Fail: like continue', async () => {
		const { output } = await run(fields, { items, settings: { continueOnFail: true } });
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(output[1].json).toMatchObject({ name: 'Bob', ...invalid });
	});
});
