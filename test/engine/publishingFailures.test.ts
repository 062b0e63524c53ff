import { credentialFor } from '../support/credential';
import { useRecorder, type Answer } from '../support/recorder';
import { signer } from '../support/signing';
import { hooks } from '../support/trigger';

const telnyx = useRecorder();

describe('publishing a workflow says what went wrong', () => {
	/** The error when the application is read, or changed, and Telnyx answers like this. */
	const failureOf = async (method: 'GET' | 'PATCH', answer: Answer): Promise<string> => {
		telnyx.answer = (request) =>
			request.method === method
				? answer
				: { body: { data: { id: '7', application_name: 'Support', webhook_event_url: '' } } };
		const { create } = hooks({
			credential: credentialFor(telnyx, { publicKey: signer().publicKey }),
			parameters: {
				setup: 'automatic',
				connection_id: { mode: 'id', value: '7', __rl: true },
				events: ['*'],
			},
		});
		const error: unknown = await create().then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(Error);
		return (error as Error).message;
	};

	const refused = (status: number, ...errors: object[]): Answer => ({ status, body: { errors } });

	/** There is no call, no command and no such setting of a trigger. */
	const OF_COMMANDS = /\bcalls?\b|command\b|Retry On Fail|Request Options/;

	const FAILURES: Array<[string, Answer, isUncertain: boolean]> = [
		['a broken connection', { drop: true }, true],
		['500', refused(500, { code: '10007', title: 'Fault' }), true],
		['503 without a reason', { status: 503, body: '' }, true],
		['403', refused(403, { code: '10010', title: 'Not allowed' }), false],
		['403 without a reason', { status: 403, body: '' }, false],
		['429', refused(429, { code: '10011', title: 'Too many' }), false],
		['422', refused(422, { code: '99999', title: 'Something new' }), false],
	];

	it.each(FAILURES)('%s, when the application is changed', async (_what, answer, isUncertain) => {
		const message = await failureOf('PATCH', answer);
		expect(message).not.toMatch(OF_COMMANDS);
		expect(message.includes('It is not known whether Telnyx changed the application')).toBe(
			isUncertain,
		);
		expect(message.includes('To put it right, publish or unpublish the workflow again.')).toBe(
			isUncertain,
		);
	});

	it.each(FAILURES)('%s, when the application is read', async (_what, answer, isUncertain) => {
		const message = await failureOf('GET', answer);
		expect(message).not.toMatch(OF_COMMANDS);
		expect(message.includes('Nothing was changed.')).toBe(isUncertain);
	});

	it('a reply that is not an application is refused, and nothing is changed', async () => {
		const message = await failureOf('GET', { body: {} });
		expect(message).toContain('The base URL of the credential does not lead to the Telnyx API');
		expect(telnyx.requests.map(({ method }) => method)).not.toContain('PATCH');
	});
});
