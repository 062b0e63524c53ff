/**
 * Compared by the type checker alone, `npm run types`: the body that each record describes is the one
 * that Telnyx' SDK declares for the method of the same name. Whatever Telnyx adds, drops or renames
 * shows here as an error that names the operation.
 */
import type Telnyx from 'telnyx';

import type { catalogue } from '../../nodes/TelnyxAdvanced/catalogue';
import type { BodyOf, Operation } from '../../nodes/TelnyxAdvanced/catalogue/operation';

type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
	all: infer All,
) => void
	? All
	: never;
type Operations = Together<(typeof catalogue)[number]['operations']>;

type CallAction = Operation<never, `${string} /calls/{call_control_id}/actions/${string}`>;
type Methods<O> = O extends { request: CallAction['request'] } ? Telnyx['calls']['actions'] : never;

type SdkBody<Name, O> = Name extends keyof Methods<O>
	? Methods<O>[Name] extends (id: string, body: infer Body, ...rest: never) => unknown
		? Exclude<Body, null | undefined>
		: 'the SDK method takes no body'
	: 'the SDK has no such method';

type Equal<A, B> =
	(<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Flat<T> = T extends object ? { [K in keyof T]: Flat<T[K]> } : T;

type Differing = {
	[Name in keyof Operations]: Equal<
		Flat<BodyOf<Operations[Name]>>,
		Flat<SdkBody<Name, Operations[Name]>>
	> extends true
		? never
		: `${Name} differs from the SDK`;
}[keyof Operations];

type OrNone<T> = [T] extends [never] ? 'no differences' : T;

export const differences: OrNone<Differing> = 'no differences';
