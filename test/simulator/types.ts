import type { Clock } from './clock';
import type { CallRefusal } from './refusals';
import type { Timings } from './timings';

/** A body or a payload, which is validated at run time. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export type Json = Record<string, any>;

type LegState = 'initiated' | 'ringing' | 'answered' | 'bridged' | 'ended';

/** A Call Control application, as the API shows it, and the phone number that leads to it. */
export interface Application {
	data: Json & { id: string; application_name: string };
	number: string;
	/** What to do while no workflow has it. */
	idle?: string;
	/** The workflow that has it. */
	workflow?: LineWorkflow;
}

/** A workflow that gets the events of an application. */
export interface LineWorkflow {
	/** What a phone shows. */
	name: string;
	/** What it does. */
	about?: string;
	/** Where it can be seen. */
	page?: string;
}

/** Where the webhooks of a leg go instead of to its application's URL. */
interface WebhookTargets {
	url?: string;
	/** By event type; the SDK declares an array, older ones declared a string. */
	urls?: Record<string, string | string[]>;
	policies?: Record<string, { retries_ms?: number[] }>;
}

/** What the person at the far end of a leg hears. */
export interface Heard {
	id: string;
	at: number;
	kind: 'speech' | 'audio' | 'tone' | 'person' | 'machine' | 'otherParty';
	text: string;
	/** Still playing. */
	playing: boolean;
	/** How much of it was heard if it was cut off, in milliseconds. */
	cutOffAfterMs: number | null;
	/** Which of several tries it is, or how often it is repeated. */
	remark: string | null;
	/** Of speech, such as `en-US`, if the command says. */
	language: string | null;
}

/** How an activity ended. */
export type Ending = 'completed' | 'stopped' | 'hangup';

/** Something that goes on during a call, such as a recording. */
export interface Activity {
	name: string;
	details: Json;
	onEnd: (how: Ending) => void;
	cancel: () => void;
}

/** A piece of speech or music in the queue of a leg. */
export interface Sound {
	kind: 'speech' | 'audio';
	text: string;
	remark?: string;
	language?: string;
	lastsMs: number;
	listeners: Leg[];
	onStart: () => void;
	onEnd: (how: Ending) => void;
	cancel?: () => void;
	heard?: Heard[];
}

/** Digits that a command waits for. */
export interface Gather {
	digits: string;
	/** From 1. */
	attempt: number;
	options: Json;
	triesLeft: number;
	/** Plays the prompt, and calls `listen` at its end; `attempt` counts from 1. */
	onPrompt?: (attempt: number, listen: () => void) => void;
	cancelTimers: Array<() => void>;
}

/** One end of a call that is under Call Control, and the person at its other end. */
export interface Leg {
	call_control_id: string;
	call_leg_id: string;
	call_session_id: string;
	connection_id: string;
	direction: 'incoming' | 'outgoing';
	from: string;
	to: string;
	/** The caller's name as displayed. */
	name: string;
	state: LegState;
	/** Of a call that nobody is to see any more. */
	isForgotten?: boolean;
	client_state: string | null;
	startedAt: number;
	answeredAt?: number;
	endedAt?: number;
	ending?: { cause: string; source: string };
	peer?: Leg;
	parkAfterUnbridge: boolean;
	/** The keys that its person presses when asked for some. */
	keysWhenAsked?: string;
	/** When the events of its commands are sent, as `Faults.eventOffsetMs`, which it overrides. */
	eventOffsetMs?: number;
	supervises?: Leg;
	supervisorRole?: string;
	webhooks: WebhookTargets;
	sounds: Sound[];
	gather?: Gather;
	activities: Map<string, Activity>;
	heard: Heard[];
	/** Cancelled when the leg ends. */
	timers: Set<() => void>;
	/** When each command_id was used. */
	commands: Map<string, number>;
	/** What to do when the far end answers. */
	onAnswer: Array<(who: Answerer) => void>;
}

/** Who picks up: a person, or a machine that may beep. */
export interface Answerer {
	as: 'human' | 'machine';
	beep: boolean;
	/** The machine beeps before it is recognized as one. */
	beepsEarly?: boolean;
}

/** What somebody at a phone does when it rings. */
export interface Habit {
	does: 'answer' | 'answerAsMachine' | 'decline' | 'busy' | 'letItRing';
	/** After it began to ring; at once by default. */
	afterMs?: number;
	/** Whether the machine beeps; it does by default. */
	beep?: boolean;
	/** The machine beeps before it is recognized as one. */
	beepsEarly?: boolean;
	/** What is pressed each time when keys are asked for. */
	keys?: string;
}

/** A leg in a conference. */
export interface Participant {
	id: string;
	leg: Leg;
	muted: boolean;
	onHold: boolean;
	endsConference: boolean;
	softEndsConference: boolean;
	whispersTo: string[];
	joinedAt: number;
	updatedAt: number;
}

/** A conference, and the leg that created it. */
export interface Conference {
	id: string;
	name: string;
	creator: Leg;
	createdAt: number;
	updatedAt: number;
	/** Why it is over, if it is. */
	endReason?: 'all_left' | 'ended_via_api' | 'host_left' | 'time_exceeded';
	endedBy?: Leg;
	/** By call_control_id. */
	participants: Map<string, Participant>;
	recording?: { id: string; startedAt: number; format: string; channels: string };
	/** When each command_id was used. */
	commands: Map<string, number>;
}

/** A line of the timeline. */
export interface Row {
	id: string;
	at: number;
	session: string | null;
	call: string | null;
	/** Whose phone it is about. */
	party: string | null;
	kind: 'person' | 'command' | 'webhook';
	name: string;
	facts: string[];
	status: 'done' | 'refused' | 'underway' | 'failed';
	/** Why it was refused or failed, in plain words. */
	reason: string | null;
	/** It failed, as it does now and then in a test without anything being wrong. */
	isNormal: boolean;
	/** What to change in the workflow. */
	advice: string | null;
	/** Where the workflow can be seen. */
	page: string | null;
	detail: unknown;
}

/** A received request and its response. */
export interface ApiRequest {
	method: string;
	path: string;
	/** Parsed if it is JSON. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything can come in
	body: any;
	headers: Record<string, string | string[] | undefined>;
	status: number;
	answer: unknown;
	/** JSON pointers of undeclared fields, which Telnyx would ignore. */
	unknownFields: string[];
	/** An action that the simulator accepts without doing anything. */
	isNotSimulated: boolean;
	/** A command that was ignored because its command_id had been used before. */
	duplicate: boolean;
}

export interface Attempt {
	started_at: string;
	finished_at: string | null;
	status: 'delivered' | 'failed';
	errors: number[];
	http: {
		request: { url: string; headers: string[][] };
		response: { status: number; headers: string[][]; body: string } | null;
	};
	/** Why it failed. */
	problem: string | null;
}

/** A webhook and its delivery attempts. */
export interface Delivery {
	id: string;
	event: Json & { event_type: string; id: string; payload: Json };
	leg: Leg;
	status: 'underway' | 'delivered' | 'failed';
	attempts: Attempt[];
	startedAt: number;
	finishedAt: number | null;
}

/** The state that commands and phone users act on. */
export interface Exchange {
	clock: Clock;
	timings: Timings;
	applications: Map<string, Application>;
	connectors: Map<string, Json>;
	legs: Map<string, Leg>;
	conferences: Map<string, Conference>;
	/** By name. */
	queues: Map<string, Json>;
	/** Finished recordings, as the API shows them. */
	recordings: Map<string, Json>;
	transcriptions: Map<string, Json>;
	/** What assistants talked about, and what was found out later. */
	conversations: Map<string, { data: Json; insights: Json[] }>;
	/** Stored files by name. */
	media: Map<string, { data: Json; content: Buffer }>;
	/** The base URL of recordings. */
	origin: string;
	/** Sends an event about a leg. */
	emit: (leg: Leg, eventType: string, payload?: Json) => void;
	/** Why the account may not place calls, if a test says so. */
	callRefusal: () => CallRefusal | null;
	/** Something that the phone shows has changed. */
	changed: () => void;
	/** The phone at the far end of an outgoing leg rings. */
	rings: (leg: Leg) => void;
	/** Its person is to press keys. */
	asksForKeys: (leg: Leg) => void;
	/** A line for the timeline about what a person did. */
	note: (leg: Leg, name: string, facts?: string[]) => void;
	/** Runs something later unless the leg ends first. */
	later: (leg: Leg, ms: number, run: () => void) => () => void;
}

/** What a command does. Its parameters have already been validated. */
export interface Command {
	/** The state that the leg has to be in: not ended, answered, or incoming and unanswered. */
	needs: 'alive' | 'answered' | 'ringing';
	/** Changes the state and sends events. Returns what the response has besides `result`. */
	run: (leg: Leg, body: Json, exchange: Exchange) => Json | void;
}
