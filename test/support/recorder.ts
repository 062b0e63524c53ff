import fastify, { type FastifyRequest } from 'fastify';

/** A request as it came over the wire. */
export interface Recorded {
	method: string;
	/** Path and query, still percent-encoded. */
	url: string;
	headers: Record<string, string | string[] | undefined>;
	body: string;
	/** The body as it came, for those that are not text. */
	bytes: Buffer;
	/** Over which it came. */
	socket: FastifyRequest['raw']['socket'];
}

export interface Answer {
	/** Breaks the connection off instead of answering. */
	drop?: boolean;
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** An HTTP server on 127.0.0.1 that keeps every request and answers what the test says. */
export interface Recorder {
	/** Stands in for https://api.telnyx.com/v2. */
	baseUrl: string;
	requests: Recorded[];
	/** Decides the answers; `{ data: { result: 'ok' } }` unless set. */
	answer: (request: Recorded, index: number) => Answer | Promise<Answer>;
	/** Forgets the requests and the answers. */
	reset(): void;
	close(): Promise<void>;
}

/** Large files included. */
const MOST_BYTES = 64 * 1024 * 1024;

const ok = () => ({ body: { data: { result: 'ok' } } });

/** Starts a recorder on a port of the system's choice. */
export async function startRecorder(): Promise<Recorder> {
	const recorder = createRecorder();
	await recorder.listen();
	return recorder;
}

/** One for all tests of a file. Each test finds it without requests and with its usual answer. */
export function useRecorder(): Recorder {
	const recorder = createRecorder();
	beforeAll(async () => await recorder.listen());
	afterAll(async () => await recorder.close());
	beforeEach(() => recorder.reset());
	return recorder;
}

function createRecorder(): Recorder & { listen(): Promise<void> } {
	const server = fastify({ forceCloseConnections: true, bodyLimit: MOST_BYTES });
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
		done(null, body),
	);
	server.all('/*', async (request, reply) => {
		const bytes = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
		const recorded: Recorded = {
			method: request.method,
			url: request.url,
			headers: request.headers,
			body: bytes.toString(),
			bytes,
			socket: request.raw.socket,
		};
		const index = recorder.requests.push(recorded) - 1;
		const { drop, status = 200, body, headers = {} } = await recorder.answer(recorded, index);
		if (drop) {
			request.raw.socket.destroy();
			return reply.hijack();
		}
		return await reply.code(status).headers(headers).send(body);
	});
	const recorder: ReturnType<typeof createRecorder> = {
		baseUrl: '',
		requests: [],
		answer: ok,
		reset() {
			recorder.requests = [];
			recorder.answer = ok;
		},
		async listen() {
			recorder.baseUrl = `${await server.listen({ host: '127.0.0.1', port: 0 })}/v2`;
		},
		close: async () => await server.close(),
	};
	return recorder;
}
