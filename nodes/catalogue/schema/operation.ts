import type { VoiceEventType } from '../../telnyx/events';
import type { Fields } from './field';
import type { ReferencesIn } from './references';
import type { ValuesOf } from './valueOf';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The request of an operation that sends none: the node carries it out by itself. */
export const NO_REQUEST = 'none';

/** Event types, as the trigger names them, that follow a command. */
export interface FollowingEvents {
	/** Reported when the command has succeeded. */
	readonly success: readonly VoiceEventType[];
	/** Reported when it has failed. */
	readonly failure: readonly VoiceEventType[];
	/** The `status` or `result` that makes such an event a success; any other makes it a failure. */
	readonly goodStatuses?: ReadonlyArray<'completed' | 'invalid' | 'success' | 'timeout' | 'valid'>;
	/** Reported in place of `success` where answering machine detection is on. */
	readonly detected?: readonly VoiceEventType[];
	/** Other events that the command causes. */
	readonly others?: readonly VoiceEventType[];
	/** How long the outcome can take, in seconds, where that is longer than with most commands. */
	readonly withinSecs?: number;
}

/**
 * What comes back: an object; a list, whole or in pages; a file; a link to a file, in one of the
 * object's fields, that is fetched at once; nothing, because the thing is gone; or a call's events and
 * recordings, put into one flat object.
 */
type Returns = 'object' | 'list' | 'pages' | 'file' | 'linkedFile' | 'deleted' | 'callSummary';

/**
 * One Telnyx endpoint. The editor form, the request and its checks, the output schema,
 * the reference in the docs and the tests all come from this one value.
 */
export interface Operation<
	F extends Fields = Fields,
	Request extends string = string,
	A extends Answer = Answer,
> {
	/** Title Case, does not repeat the resource. */
	readonly name: string;
	/** Sentence case: the label in the nodes panel, and what an AI agent reads as the tool's description. */
	readonly action: string;
	readonly description: string;
	/** Method and path below the base URL, such as `POST /calls/{call_control_id}/actions/send_dtmf`; or NO_REQUEST. */
	readonly request: Request;
	readonly docs: string;
	/** Keyed by the API's own field names: those in the path, then those of the query or the body. */
	readonly fields: F;
	/** Fields of the answer's `data`, or of each of its entries, as JSON schema types. */
	readonly answer: A;
	/** An object by default. */
	readonly returns?: Returns;
	/** The field of the answer without which nothing more can be done with what was made. */
	readonly mustAnswer?: keyof A & string;
	/** The fields of a large answer that the simplified output keeps. */
	readonly simplified?: ReadonlyArray<keyof A & string>;
	/** Where a linked file's address is found in the answer's `data`, by file format. */
	readonly links?: keyof A & string;
	readonly events: FollowingEvents;
	/** Whether the purpose is achieved if Telnyx says that the call has already ended. */
	readonly endedIsFine?: boolean;
	/** The name of the SDK's method, where it differs from the operation's. */
	readonly sdk?: string;
}

/** Names with their types in JSON schema, or with the fields of an object. */
export interface Answer {
	readonly [name: string]: 'string' | 'number' | 'boolean' | 'object' | 'array' | Answer;
}

/** A group of operations in the editor, in the order it shows them. */
export interface Resource {
	readonly value: string;
	readonly name: string;
	readonly operations: Readonly<Record<string, Operation>>;
}

/** Declares an endpoint and keeps its exact type, so that it can be compared with Telnyx's own SDK. */
export const operation = <
	const F extends Fields,
	const Request extends `${HttpMethod} /${string}` | typeof NO_REQUEST,
	const A extends Answer,
	const Rest extends { returns?: Returns; sdk?: string },
>(
	record: Operation<F, Request, A> & Rest & { fields: ReferencesIn<F> },
): Operation<F, Request, A> & Rest => record;

/** The reply to every call command. */
export const commandResult = { result: 'string' } as const;

/** For commands that no webhook follows. */
export const noEvents: FollowingEvents = { success: [], failure: [] };

type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
	? Name | PathNames<Rest>
	: never;

/** The request body or query that a record describes, with required and optional fields apart. */
export type BodyOf<O extends Operation> =
	O extends Operation<infer F, infer Request> ? ValuesOf<Omit<F, PathNames<Request>>> : never;

/** Whether there is anything to send to Telnyx. */
export const sendsRequest = ({ request }: Pick<Operation, 'request'>): boolean =>
	request !== NO_REQUEST;
