import type { Field, Fields, ValueOf } from './fields';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Event types, as the trigger names them, that report what came of a command. */
export interface OutcomeEvents {
	readonly success: readonly string[];
	readonly failure: readonly string[];
}

/**
 * One Telnyx endpoint. The editor form, the request and its checks, the output schema,
 * the reference in the docs and the tests all come from this one value.
 */
export interface Operation<F extends Fields = Fields, Request extends string = string> {
	/** Title Case, does not repeat the resource. */
	readonly name: string;
	/** Sentence case: the label in the nodes panel, and what an AI agent reads as the tool's description. */
	readonly action: string;
	readonly description: string;
	/** Method and path below the base URL, such as `POST /calls/{call_control_id}/actions/send_dtmf`. */
	readonly request: Request;
	readonly docs: string;
	/** Keyed by the API's own field names: those in the path, then those of the body. */
	readonly fields: F;
	/** Fields of the answer's `data`, as JSON schema types. */
	readonly answer: Readonly<Record<string, 'string' | 'number' | 'boolean' | 'object' | 'array'>>;
	readonly events: OutcomeEvents;
}

/** A group of operations in the editor, in the order it shows them. */
export interface Resource {
	readonly value: string;
	readonly name: string;
	readonly operations: Readonly<Record<string, Operation>>;
}

/** Declares an endpoint and keeps its exact type, so that it can be compared with Telnyx's own SDK. */
export const operation = <const F extends Fields, const Request extends `${HttpMethod} /${string}`>(
	record: Operation<F, Request>,
): Operation<F, Request> => record;

/** What every call command answers. */
export const commandResult = { result: 'string' } as const;

/** For commands whose outcome no webhook reports. */
export const noEvents: OutcomeEvents = { success: [], failure: [] };

type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
	? Name | PathNames<Rest>
	: never;

/** The request body that a record describes, with required and optional fields apart. */
export type BodyOf<O extends Operation> =
	O extends Operation<infer F, infer Request> ? ValuesOf<Omit<F, PathNames<Request>>> : never;

type RequiredNames<F> = {
	[K in keyof F]: F[K] extends Field & { required: true } ? K : never;
}[keyof F];

type Flat<T> = { [K in keyof T]: T[K] };

type ValuesOf<F> = Flat<
	{ -readonly [K in RequiredNames<F>]: ValueOf<F[K]> } & {
		-readonly [K in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[K]>;
	}
>;

const PATH_NAME = /\{(\w+)\}/g;

/** Method, path template and the names in the path, taken apart. */
export function requestLine({ request }: Operation) {
	const [method, path] = request.split(' ') as [HttpMethod, string];
	return { method, path, pathNames: [...path.matchAll(PATH_NAME)].map(([, name]) => name) };
}
