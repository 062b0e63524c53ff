import { randomUUID } from 'node:crypto';

import type { Json } from '../simulator/types';
import type { Line } from './account';
import { dataOf, type Api, type Reply, type Request } from './api';
import { CleanUp } from './cleanUp';
import type { Receiver, Received } from './receiver';
import { ANSWERED_BY } from './simulated/network';
import type { Time } from './time';

/** One end of a call. */
export interface Leg {
	/** Its call_control_id. */
	id: string;
	legId: string;
	sessionId: string;
	line: Line;
}

/** A call from one number to the other, both ends of which are under Call Control. */
export interface Pair {
	/** The outgoing leg. */
	caller: Leg;
	/** The leg that comes in at the other number. */
	called: Leg;
}

/** A question about events. */
interface Wanted {
	type: string;
	/** Any leg by default. */
	leg?: Leg;
	where?: (event: Received) => boolean;
	timeoutMs?: number;
}

const POLL_MS = 100;
const EVENT_TIMEOUT_MS = 20_000;
/** How long it may take until a call is through. */
const CALL_TIMEOUT_MS = 40_000;
const HANGUP_TIMEOUT_MS = 10_000;
const HANGUP_TRIES = 3;

export const VOICE = 'Telnyx.KokoroTTS.af';

/** What an observation can do: send commands, wait for events, and make calls between the two numbers. */
export class Live {
	/** What is removed when the observation is over. */
	readonly cleanUp = new CleanUp();
	/** What is shown beside what was seen, and never compared. */
	readonly figures: Record<string, string | number> = {};
	private readonly ownLegs: Leg[] = [];

	constructor(
		private readonly parts: {
			api: Api;
			first: Line;
			second: Line;
			receiver: Receiver;
			signal: AbortSignal;
			time: Time;
			/** What several observations share. */
			shared: Shared;
		},
	) {}

	get first() {
		return this.parts.first;
	}

	get second() {
		return this.parts.second;
	}

	get receiver() {
		return this.parts.receiver;
	}

	readonly request = async (request: Request): Promise<Reply> => await this.parts.api(request);

	/** @throws unless Telnyx accepts it */
	async send(request: Request): Promise<Json> {
		return dataOf(await this.request(request), `${request.method} ${shape(request.path)}`);
	}

	/** Sends a command to a leg. */
	async command(leg: Leg, action: string, body: Json = {}): Promise<Reply> {
		const reply = await this.tryCommand(leg, action, body);
		dataOf(reply, action);
		return reply;
	}

	/** The same, where it may be refused. */
	async tryCommand(leg: Leg, action: string, body: Json | string = {}): Promise<Reply> {
		const method = action === 'client_state_update' ? 'PUT' : 'POST';
		return await this.request({ method, path: `/calls/${leg.id}/actions/${action}`, body });
	}

	/** Says something that is of no importance. */
	async speak(leg: Leg, payload: string, more: Json = {}): Promise<Reply> {
		return await this.command(leg, 'speak', { payload, voice: VOICE, ...more });
	}

	/**
	 * Calls the other number.
	 * @param body overrides of the command's body
	 */
	async dial(from: Line = this.first, body: Json = {}): Promise<Leg> {
		const data = await this.send({
			method: 'POST',
			path: '/calls',
			body: {
				connection_id: from.applicationId,
				from: from.number,
				to: this.other(from).number,
				...body,
			},
		});
		return this.own(data, from);
	}

	readonly other = (line: Line) => (line === this.first ? this.second : this.first);

	/** Waits for a call that comes in at a number, and that nobody has waited for before. */
	async comesIn(at: Line = this.second): Promise<Leg> {
		return await this.begins('incoming', at);
	}

	/** Waits for a leg that Telnyx has made by itself to call somebody. */
	async newLeg(from: Line): Promise<Leg> {
		return await this.begins('outgoing', from);
	}

	private async begins(direction: 'incoming' | 'outgoing', line: Line): Promise<Leg> {
		const { seenCalls } = this.parts.shared;
		const { payload } = await this.event({
			type: 'call.initiated',
			timeoutMs: CALL_TIMEOUT_MS,
			where: ({ payload: one }) =>
				one.direction === direction &&
				one.connection_id === line.applicationId &&
				!seenCalls.has(one.call_control_id),
		});
		return this.own(payload, line);
	}

	/**
	 * A call that nobody has answered yet.
	 * @param body overrides of the dial command's body
	 */
	async ring(from: Line = this.first, body: Json = {}): Promise<Pair> {
		const caller = await this.dial(from, body);
		return { caller, called: await this.comesIn(this.other(from)) };
	}

	/** Answers a call, and waits until its caller has heard of it. */
	async pickUp({ called, caller }: Pair, as: keyof typeof ANSWERED_BY = 'human'): Promise<void> {
		await this.command(called, 'answer', ANSWERED_BY[as]);
		await this.event({ type: 'call.answered', leg: caller });
	}

	/** A call that is answered. */
	async connect(from: Line = this.first, body: Json = {}): Promise<Pair> {
		const pair = await this.ring(from, body);
		await this.pickUp(pair);
		return pair;
	}

	/** An answered call that several observations use, one after the other. */
	async standing(): Promise<Pair> {
		const { shared } = this.parts;
		const isOver = ({ caller, called }: Pair) => this.isOver(caller) || this.isOver(called);
		if (!shared.standing || isOver(shared.standing)) {
			shared.standing = await this.connect();
			this.ownLegs.splice(-2);
		}
		return shared.standing;
	}

	/** The first event of this kind, also if it has arrived already. @throws if none arrives */
	async event(wanted: Wanted): Promise<Received> {
		const found = await this.eventIfAny(wanted);
		if (!found) throw new Error(`No ${wanted.type} arrived`);
		return found;
	}

	/** The same; undefined if none arrives. */
	async eventIfAny({
		timeoutMs = EVENT_TIMEOUT_MS,
		...wanted
	}: Wanted): Promise<Received | undefined> {
		const { signal, time } = this.parts;
		const end = time.now() + timeoutMs;
		for (;;) {
			const found = this.events(wanted).at(0);
			if (found || time.now() >= end) return found;
			await time.pause(POLL_MS, signal);
		}
	}

	/** The events that have arrived so far, each once, in the order of their arrival. */
	events({ leg, type, where = () => true }: Partial<Wanted> = {}): Received[] {
		const ids = new Set<string>();
		return this.deliveries({ leg, type, where }).filter(
			({ id }) => !ids.has(id) && Boolean(ids.add(id)),
		);
	}

	/** All that has arrived so far, events that came twice included. */
	deliveries({ leg, type, where = () => true }: Partial<Wanted> = {}): Received[] {
		return this.receiver.received.filter(
			(event) =>
				(type === undefined || event.type === type) &&
				(leg === undefined || isAbout(event, leg)) &&
				where(event),
		);
	}

	/** The types of a leg's events so far. */
	readonly typesOf = (leg: Leg) => this.events({ leg }).map(({ type }) => type);

	/** Lets time pass. */
	async quiet(ms: number): Promise<void> {
		await this.parts.time.pause(ms, this.parts.signal);
	}

	/**
	 * Answers the next deliveries of an event otherwise than with 200.
	 * @param delayMs before each answer
	 */
	answerWith({ leg, type }: { leg: Leg; type: string }, statuses: number[], delayMs = 0): void {
		const matches = (event: Received) => event.type === type && isAbout(event, leg);
		this.receiver.answers.push({ matches, statuses: [...statuses], delayMs });
	}

	/** A name that nothing else has. */
	readonly uniqueName = (what: string) => `live-check-${what}-${randomUUID().slice(0, 8)}`;

	/** Whether Telnyx says that a call goes on. */
	async isAlive(leg: Leg): Promise<boolean> {
		const { is_alive } = await this.send({ method: 'GET', path: `/calls/${leg.id}` });
		return is_alive;
	}

	/** Ends what the observation has begun. @returns what could not be removed */
	async end(betweenTries: () => Promise<void>): Promise<string[]> {
		this.receiver.answers.splice(0);
		const remaining = await this.cleanUp.run(betweenTries);
		return [...remaining, ...(await this.hangUp(this.ownLegs))];
	}

	/** Ends calls. @returns those that could not be ended */
	async hangUp(legs: Leg[]): Promise<string[]> {
		const all = [...new Set([...legs, ...this.strayLegs()])];
		let open = all.filter((leg) => !this.isOver(leg));
		for (let tries = 0; open.length > 0 && tries < HANGUP_TRIES; tries += 1) {
			for (const leg of open) await this.tryCommand(leg, 'hangup');
			await this.untilOver(open);
			const goOn = await Promise.all(open.map(async (leg) => await this.goesOn(leg)));
			open = open.filter((_leg, index) => goOn[index]);
		}
		return open.map(() => 'a call: it goes on although it was hung up');
	}

	/** Calls that came in without anybody having waited for them. */
	private strayLegs(): Leg[] {
		const { first, second } = this;
		return this.events({ type: 'call.initiated' })
			.filter(({ payload }) => !this.parts.shared.seenCalls.has(payload.call_control_id))
			.map(({ payload }) =>
				this.own(payload, payload.connection_id === first.applicationId ? first : second),
			);
	}

	/** Waits until calls have ended, also when the run is stopped, but not for ever. */
	private async untilOver(legs: Leg[]): Promise<void> {
		const { time } = this.parts;
		const end = time.now() + HANGUP_TIMEOUT_MS;
		while (legs.some((leg) => !this.isOver(leg)) && time.now() < end) {
			await time.pause(POLL_MS, new AbortController().signal);
		}
	}

	/** Whether neither an event nor Telnyx itself says that a call has ended. */
	private async goesOn(leg: Leg): Promise<boolean> {
		if (this.isOver(leg)) return false;
		const { body, status } = await this.request({ method: 'GET', path: `/calls/${leg.id}` });
		return body.data?.is_alive === true || status >= 500;
	}

	private readonly isOver = (leg: Leg) => this.events({ leg, type: 'call.hangup' }).length > 0;

	private own(data: Json, line: Line): Leg {
		const leg = {
			id: String(data.call_control_id),
			legId: String(data.call_leg_id),
			sessionId: String(data.call_session_id),
			line,
		};
		this.parts.shared.seenCalls.add(leg.id);
		this.ownLegs.push(leg);
		return leg;
	}
}

/** What outlives an observation. */
export interface Shared {
	/** The call_control_ids of calls that somebody looks after. */
	seenCalls: Set<string>;
	standing?: Pair;
}

/** Some events do not name the call_control_id. */
const isAbout = ({ payload }: Received, leg: Leg) =>
	payload.call_control_id === leg.id || payload.call_leg_id === leg.legId;

/** A path without its IDs. */
const shape = (path: string) => path.replace(/\?.*$/, '').replace(/\/[^/]*\d[^/]*/g, '/…');

/** The status and the codes of a reply, such as `422 90018`. */
export const verdictOf = ({ body, status }: Reply): string =>
	[status, ...((body.errors ?? []) as Json[]).map(({ code }) => String(code))].join(' ');

/** Client state as Telnyx wants it. */
export const base64 = (text: string) => Buffer.from(text).toString('base64');
