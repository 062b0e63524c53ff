import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';

import { readPublicKey } from '../../nodes/telnyx/credential/publicKey';
import { whyUntrusted } from '../../nodes/telnyx/webhooks/signature';
import type { Json } from '../simulator/types';
import { beep } from './sound';
import type { Time } from './time';

/** A webhook as it arrived. */
export interface Received {
	/** When its last byte was there, in milliseconds. */
	at: number;
	/** Which of our addresses it was sent to. */
	address: string;
	type: string;
	/** The same for every delivery of an event. */
	id: string;
	payload: Json;
	meta: Json;
	headers: FastifyRequest['headers'];
	/** What it was answered with. */
	status: number;
}

/** How the next deliveries of some events are answered. */
interface Answers {
	matches: (event: Received) => boolean;
	/** One for each delivery; later ones are accepted. */
	statuses: number[];
	/** Before the answer, in milliseconds. */
	delayMs?: number;
}

export interface Receiver {
	/** All webhooks that are signed by Telnyx, in the order of their arrival. */
	received: Received[];
	/** Requests to our addresses that were not signed by Telnyx, and why. */
	untrusted: string[];
	/** @param name such as `first`, which is then the `address` of what arrives there */
	addressOf: (name: string) => string;
	/** An audio file with a beep. */
	beepUrl: string;
	answers: Answers[];
	/** How many answers wait for their delay. */
	delayed: () => number;
	close: () => Promise<void>;
}

/**
 * Receives webhooks, and keeps those that are signed by Telnyx.
 * @param publicUrl where Telnyx reaches it; its own address by default
 * @param secret part of all its addresses, so that nobody finds them
 */
export async function startReceiver({
	host,
	port,
	publicUrl,
	publicKey,
	secret,
	time,
}: {
	host: string;
	port: number;
	publicUrl?: string;
	publicKey: string;
	secret: string;
	time: Time;
}): Promise<Receiver> {
	const server = fastify({ forceCloseConnections: true });
	const key = readPublicKey(publicKey);
	let delayed = 0;

	const receive = async (request: FastifyRequest, reply: FastifyReply) => {
		const rawBody = request.body as Buffer;
		const reason = whyUntrusted({ rawBody, headers: request.headers, key, now: time.now() });
		if (reason) {
			receiver.untrusted.push(reason);
			return await reply.code(401).send();
		}
		const body = JSON.parse(rawBody.toString());
		// Telnyx sends some events without `data` around them.
		const { data = body, meta = {} } = body;
		const event: Received = {
			at: time.now(),
			address: (request.params as { name: string }).name,
			type: data.event_type,
			id: data.id,
			payload: data.payload ?? {},
			meta,
			headers: request.headers,
			status: 200,
		};
		const answers = receiver.answers.find((one) => one.statuses.length > 0 && one.matches(event));
		event.status = answers?.statuses.shift() ?? 200;
		receiver.received.push(event);
		if (answers?.delayMs) {
			delayed += 1;
			await new Promise<void>((resolve) => time.after(answers.delayMs ?? 0, resolve));
			delayed -= 1;
		}
		return await reply.code(event.status).send();
	};

	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
		done(null, body),
	);
	server.post(`/${secret}/:name`, receive);
	server.get(
		`/${secret}/beep.wav`,
		async (_request, reply) => await reply.type('audio/wav').send(beep()),
	);
	const ownUrl = await server.listen({ host, port });

	const base = `${(publicUrl ?? ownUrl).replace(/\/$/, '')}/${secret}`;
	const receiver: Receiver = {
		received: [],
		untrusted: [],
		addressOf: (name) => `${base}/${name}`,
		beepUrl: `${base}/beep.wav`,
		answers: [],
		delayed: () => delayed,
		close: async () => await server.close(),
	};
	return receiver;
}
