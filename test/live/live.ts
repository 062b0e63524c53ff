import { randomUUID } from 'node:crypto';

import type { Json } from '../simulator/types';
import type { Line } from './account';
import { codesOf, dataOf, isRefusal, isSuccess, type Api, type Reply, type Request } from './api';
import { isAbout, type Calls, type Leg } from './calls';
import { CleanUp } from './cleanUp';
import type { Receiver, Received } from './receiver';
import type { Recordings } from './recordings';
import { ANSWERED_BY } from './simulated/network';
import type { Time } from './time';

export type { Leg };

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
/** After which Telnyx ends a call by itself, should we not be able to any more. Its own limit is 4 hours. */
const TIME_LIMIT_SECS = 300;
/** Before the end of an answered call that several observations use, each of them has enough time left. */
const STANDING_MS = (TIME_LIMIT_SECS - 100) * 1000;
/** How long a call may still arrive at its other end although its caller is gone. */
const LATE_MS = 5000;

export const VOICE = 'Telnyx.KokoroTTS.af';

/** What an observation can do: send commands, wait for events, and make calls between the two numbers. */
export class Live {
	/** What is removed when the observation is over. */
	readonly cleanUp = new CleanUp();
	/** What is shown beside what was seen, and never compared. */
	readonly figures: Record<string, string | number> = {};
	private readonly ownLegs = new Set<Leg>();
	/** Calls that this observation may have made, and those of them that came in at the other number. */
	private readonly count = { made: 0, arrived: 0 };
	/** How many webhooks had arrived before it made its first call. */
	private before = Infinity;

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
		const send = async () =>
			await this.request({ method, path: `/calls/${leg.id}/actions/${action}`, body });
		const { recordings } = this.parts.shared;
		return action === 'record_start' ? await recordings.start(leg, send) : await send();
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
		return this.own(dataOf(await this.tryDial(from, body), 'dial'), from);
	}

	/** The same, where it may be refused. */
	async tryDial(from: Line = this.first, body: Json = {}): Promise<Reply> {
		const reply = await this.calling(
			async () =>
				await this.request({
					method: 'POST',
					path: '/calls',
					body: {
						connection_id: from.applicationId,
						from: from.number,
						to: this.other(from).number,
						time_limit_secs: TIME_LIMIT_SECS,
						...body,
					},
				}),
		);
		if (isSuccess(reply)) this.own(reply.body.data, from);
		return reply;
	}

	/**
	 * Transfers a call to the other number.
	 * @param body overrides of the command's body
	 */
	async transfer(leg: Leg, body: Json = {}): Promise<Reply> {
		const reply = await this.tryTransfer(leg, body);
		dataOf(reply, 'transfer');
		return reply;
	}

	/** The same, where it may be refused. */
	async tryTransfer(leg: Leg, body: Json = {}): Promise<Reply> {
		const { number: from } = leg.line;
		const { number: to } = this.other(leg.line);
		return await this.calling(
			async () =>
				await this.tryCommand(leg, 'transfer', {
					...{ from, to, time_limit_secs: TIME_LIMIT_SECS },
					...body,
				}),
		);
	}

	/** Counts a call, unless it is refused: if the reply is lost, the call may have been made all the same. */
	private async calling(command: () => Promise<Reply>): Promise<Reply> {
		this.before = Math.min(this.before, this.receiver.received.length);
		this.count.made += 1;
		const reply = await command();
		if (isRefusal(reply)) this.count.made -= 1;
		return reply;
	}

	readonly other = (line: Line) => (line === this.first ? this.second : this.first);

	/** Waits for a call that comes in at a number, and that nobody has waited for before. */
	async comesIn(at: Line = this.second): Promise<Leg> {
		const leg = await this.begins('incoming', at);
		this.count.arrived += 1;
		return leg;
	}

	/** Waits for a leg that Telnyx has made by itself to call somebody. */
	async newLeg(from: Line): Promise<Leg> {
		return await this.begins('outgoing', from);
	}

	/** A leg of a call of this observation: not one that is over, or that comes late from an earlier one. */
	private async begins(direction: 'incoming' | 'outgoing', line: Line): Promise<Leg> {
		const { calls } = this.parts.shared;
		const { received } = this.receiver;
		const { payload } = await this.event({
			type: 'call.initiated',
			timeoutMs: CALL_TIMEOUT_MS,
			where: ({ id, payload: one }) =>
				one.direction === direction &&
				one.connection_id === line.applicationId &&
				!calls.isKnown(one.call_control_id) &&
				received.findIndex((event) => event.id === id) >= this.before &&
				!calls.isOver({ id: one.call_control_id, legId: one.call_leg_id }),
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
		const { shared, time } = this.parts;
		const { calls, standing } = shared;
		if (standing && standing.until > time.now() && !this.isAnyOver(standing.pair)) {
			return standing.pair;
		}
		if (standing) await calls.hangUp(Object.values(standing.pair));
		const until = time.now() + STANDING_MS;
		const pair = await this.connect();
		// It goes on when this observation is over.
		for (const leg of [pair.caller, pair.called]) this.ownLegs.delete(leg);
		shared.standing = { pair, until };
		return pair;
	}

	private isAnyOver({ called, caller }: Pair): boolean {
		return [caller, called].some((leg) => this.parts.shared.calls.isOver(leg));
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

	/** Ends what the observation has begun, also when connections break. */
	async end(betweenTries: () => Promise<void>): Promise<Left> {
		this.receiver.answers.splice(0);
		const open = await this.hangUp();
		// After the calls: a queue or an application that is still in use may not be deleted.
		return { open, remaining: await this.cleanUp.run(betweenTries) };
	}

	/** @returns the legs that could not be ended */
	private async hangUp(): Promise<Leg[]> {
		const { shared, time } = this.parts;
		const open = await shared.calls.hangUp(this.allLegs());
		if (this.count.made <= this.count.arrived) return open;
		await time.pause(LATE_MS, new AbortController().signal);
		return await shared.calls.hangUp(this.allLegs());
	}

	/** Those included that came in without anybody having waited for them. */
	private allLegs(): Leg[] {
		for (const leg of this.parts.shared.calls.addStrays()) this.ownLegs.add(leg);
		return [...this.ownLegs];
	}

	private own(data: Json, line: Line): Leg {
		const leg = this.parts.shared.calls.add(data, line);
		this.ownLegs.add(leg);
		return leg;
	}
}

/** What outlives an observation. */
export interface Shared {
	calls: Calls;
	recordings: Recordings;
	/** A call that is up, and until when an observation may begin with it, in milliseconds. */
	standing?: { pair: Pair; until: number };
}

/** What an observation has left behind. */
interface Left {
	/** Legs of which it is not known that they are over. */
	open: Leg[];
	/** What else could not be removed, and why. */
	remaining: string[];
}

/** A path without its IDs. */
const shape = (path: string) => path.replace(/\?.*$/, '').replace(/\/[^/]*\d[^/]*/g, '/…');

/** The status and the codes of a reply, such as `422 90018`. */
export const verdictOf = (reply: Reply): string => [reply.status, ...codesOf(reply)].join(' ');

/** Whether something is done, where the codes of a refusal are not known. */
export function outcomeOf(reply: Reply): string {
	if (isSuccess(reply)) return 'accepted';
	return isRefusal(reply) ? 'refused' : verdictOf(reply);
}

/** Client state as Telnyx wants it. */
export const base64 = (text: string) => Buffer.from(text).toString('base64');
