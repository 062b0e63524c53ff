import type { Json } from '../simulator/types';
import type { Line } from './account';
import { dataOf, isGone, type Api } from './api';
import type { Receiver, Received } from './receiver';
import type { Time } from './time';

/** One end of a call. */
export interface Leg {
	/** Its call_control_id. */
	id: string;
	legId: string;
	sessionId: string;
	line: Line;
}

const POLL_MS = 100;
const HANGUP_TIMEOUT_MS = 10_000;
const HANGUP_TRIES = 3;

/** All calls of a run, until it is known that they are over. */
export class Calls {
	/** Every leg that anybody has told of, by its call_control_id. */
	private readonly legs = new Map<string, Leg>();
	/** The call_control_ids of those that are over. */
	private readonly over = new Set<string>();

	constructor(
		private readonly parts: {
			api: Api;
			first: Line;
			second: Line;
			receiver: Receiver;
			time: Time;
		},
	) {}

	/** @param data of a dial's reply, or of an event */
	add(data: Json, line: Line): Leg {
		const id = String(data.call_control_id);
		const leg = this.legs.get(id) ?? {
			id,
			legId: String(data.call_leg_id),
			sessionId: String(data.call_session_id),
			line,
		};
		this.legs.set(id, leg);
		return leg;
	}

	readonly isKnown = (id: string) => this.legs.has(id);

	isOver(leg: Pick<Leg, 'id' | 'legId'>): boolean {
		const { received } = this.parts.receiver;
		const isEnd = (event: Received) => event.type === 'call.hangup' && isAbout(event, leg);
		if (!this.over.has(leg.id) && received.some(isEnd)) this.over.add(leg.id);
		return this.over.has(leg.id);
	}

	/** Adds the legs that events have told of, and that nobody has waited for. */
	addStrays(): Leg[] {
		const { first, receiver, second } = this.parts;
		return receiver.received
			.filter(({ type }) => type === 'call.initiated')
			.filter(({ payload }) => !this.isKnown(payload.call_control_id))
			.map(({ payload }) =>
				this.add(payload, payload.connection_id === first.applicationId ? first : second),
			);
	}

	/**
	 * Ends calls, and goes on although a connection breaks.
	 * @returns those of which nobody says that they are over
	 */
	async hangUp(legs: Leg[]): Promise<Leg[]> {
		const open = () => legs.filter((leg) => !this.isOver(leg));
		for (let tries = 0; open().length > 0 && tries < HANGUP_TRIES; tries += 1) {
			await Promise.all(open().map(async (leg) => await this.tryToHangUp(leg)));
			await this.untilOver(open);
			await Promise.all(open().map(async (leg) => await this.askFor(leg)));
		}
		return open();
	}

	/**
	 * Ends all calls of the run, those included that only Telnyx itself knows of, such as those whose reply
	 * was lost.
	 * @throws unless all are over
	 */
	async hangUpAll(): Promise<void> {
		this.addStrays();
		await this.hangUp(this.all);
		for (const line of [this.parts.first, this.parts.second]) await this.addActive(line);
		const open = await this.hangUp(this.all);
		if (open.length > 0) throw new Error(`${open.length} of them go on although they were hung up`);
	}

	private get all(): Leg[] {
		return [...this.legs.values()];
	}

	private async addActive(line: Line): Promise<void> {
		const path = `/connections/${line.applicationId}/active_calls?page[size]=100`;
		const found = dataOf(await this.parts.api({ method: 'GET', path }), 'Listing active calls');
		// What it lists goes on, whatever it has answered about it before.
		for (const call of found as unknown as Json[]) this.over.delete(this.add(call, line).id);
	}

	private async tryToHangUp(leg: Leg): Promise<void> {
		const path = `/calls/${leg.id}/actions/hangup`;
		const reply = await this.parts.api({ method: 'POST', path, body: {} }).catch(noReply);
		if (reply && isGone(reply)) this.over.add(leg.id);
	}

	/** Asks Telnyx whether a call is over. Without an answer it is not. */
	private async askFor(leg: Leg): Promise<void> {
		const reply = await this.parts.api({ method: 'GET', path: `/calls/${leg.id}` }).catch(noReply);
		if (!reply) return;
		const isUnknown = [404, 422].includes(reply.status);
		if (isUnknown || reply.body.data?.is_alive === false) this.over.add(leg.id);
	}

	/** Waits until calls have ended, also when the run is stopped, but not for ever. */
	private async untilOver(open: () => Leg[]): Promise<void> {
		const { time } = this.parts;
		const end = time.now() + HANGUP_TIMEOUT_MS;
		while (open().length > 0 && time.now() < end) {
			await time.pause(POLL_MS, new AbortController().signal);
		}
	}
}

/** Some events do not name the call_control_id. */
export const isAbout = ({ payload }: Received, { id, legId }: Pick<Leg, 'id' | 'legId'>): boolean =>
	payload.call_control_id === id || payload.call_leg_id === legId;

/** A connection that broke. */
const noReply = () => undefined;
