/**
 * Compared by the type checker alone, `npm run types`: what each record sends is what Telnyx's SDK
 * declares for its method. Whatever Telnyx adds, drops or renames shows here as an error that names
 * the operation.
 */
import type Telnyx from 'telnyx';

import type { catalogue } from '../../nodes/catalogue';
import type { Fields } from '../../nodes/catalogue/schema/field';
import type { Free, OpenTo } from '../../nodes/catalogue/schema/valueOf';
import type { BodyOf, HttpMethod, Operation } from '../../nodes/catalogue/schema/operation';
import type { LeftOut, SdkObjectOf } from './sdk';

type Resources = (typeof catalogue)[number];

type NoBody = Record<never, never>;

/** The parameters of a method, without names in the path and the SDK's own options. */
type BodyIn<Method> = Method extends (...taken: infer Taken) => unknown
	? Required<Taken> extends [...infer Others, Telnyx.RequestOptions]
		? Others extends [] | [string]
			? NoBody
			: Others extends [...unknown[], infer Body]
				? NonNullable<Body>
				: NoBody
		: 'the SDK method takes something else'
	: 'the SDK has no such method';

type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
	? Name | PathNames<Rest>
	: never;

type Paging = 'page[number]' | 'page[size]';

type SdkName<Name, O> = O extends { sdk: infer Method extends string } ? Method : Name;

type SdkBody<Name, O extends Operation> =
	SdkName<Name, O> extends keyof SdkObjectOf<O['request']>
		? Without<BodyIn<SdkObjectOf<O['request']>[SdkName<Name, O>]>, Paging | PathNames<O['request']>>
		: 'the SDK has no such method';

type Without<Body, Names> = Body extends object ? Omit<Body, Names & keyof Body> : Body;

type Equal<A, B> =
	(<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * Written out: texts that are open to other values as plain texts, without null, which says what leaving
 * out says, and without names that Telnyx leaves open beside those that it declares.
 */
type Flat<T> = unknown extends T
	? unknown
	: [string & {}] extends [T]
		? [T] extends [Exclude<T, string>]
			? T
			: string | Flat<Exclude<T, string>>
		: T extends null
			? never
			: T extends readonly (infer Entry)[]
				? Flat<Entry>[]
				: T extends object
					? IsLeftOut<T> extends true
						? never
						: FlatObject<Remaining<Pick<T, [Declared<T>] extends [never] ? keyof T : Declared<T>>>>
					: T;

/** A constant says the same whether it may be left out or not. */
type FlatObject<T> = Written<
	{ [K in Constant<T>]: NonNullable<T[K]> } & {
		[K in keyof Omit<T, Constant<T>>]: Flat<Omit<T, Constant<T>>[K]>;
	}
>;

type Written<T> = { [K in keyof T]: T[K] };

type Constant<T> = {
	[K in keyof T]-?: IsConstant<NonNullable<T[K]>> extends true ? K : never;
}[keyof T];

type IsConstant<T> = [T] extends [string]
	? string extends T
		? false
		: [T] extends [never]
			? false
			: IsOne<T>
	: false;

type IsOne<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? true : false) : never;

type Kept<Name, Value> = Name extends keyof LeftOut ? Exclude<Value, LeftOut[Name]> : Value;

type Remaining<T> = { [K in keyof T]: Kept<K, T[K]> };

type IsLeftOut<T> = true extends {
	[K in keyof T & keyof LeftOut]: [Kept<K, NonNullable<T[K]>>] extends [never] ? true : false;
}[keyof T & keyof LeftOut]
	? true
	: false;

/** The names in an object's type, where it has some beside a type for all names. */
type Declared<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] };

/** Ours, with what Telnyx declares wherever the record leaves the shape to the user. */
type Filled<Ours, Theirs> = Ours extends Free
	? Theirs
	: Ours extends OpenTo<infer Known>
		? Declares<Theirs, Known>
		: Ours extends readonly (infer Entry)[]
			? Filled<Entry, Theirs extends readonly (infer Their)[] ? Their : never>[]
			: Ours extends object
				? FilledObject<Ours, Counterpart<Ours, Theirs>>
				: Ours;

/** Every text, where Telnyx declares it; otherwise what it declares, of the values that we know. */
type Declares<Theirs, Known> = [string & {}] extends [Theirs] ? Theirs : Extract<Theirs, Known>;

type FilledObject<Ours, Theirs> = {
	[K in keyof Ours]: K extends keyof Theirs ? Filled<Ours[K], Theirs[K]> : Ours[K];
};

/** Of several shapes that Telnyx declares, the one whose fixed values are those of ours. */
type Counterpart<Ours, Theirs> = HavingFixed<NonNullable<Theirs>, Pick<Ours, FixedIn<Ours>>>;

type HavingFixed<Shape, Fixed> = Shape extends unknown
	? Required<Shape> extends Fixed
		? Shape
		: never
	: never;

type FixedIn<T> = {
	[K in keyof T]-?: undefined extends T[K]
		? never
		: T[K] extends string
			? string extends T[K]
				? never
				: K
			: never;
}[keyof T];

/** Places that explained.json accounts for. */
type Explained = keyof typeof import('./explained.json');

type ExplainedAt<Place extends string> = Explained extends infer Known
	? Known extends `${Place}.${infer Field}`
		? Field
		: never
	: never;

/** Without the fields, or fields of fields, that are explained. */
type Pruned<T, Fields extends string> = [Fields] extends [never]
	? T
	: T extends readonly (infer Entry)[]
		? Pruned<Entry, Fields>[]
		: T extends object
			? { [K in keyof T as K extends Fields ? never : K]: Pruned<T[K], Below<K, Fields>> }
			: T;

type Below<K, Fields extends string> = Fields extends `${K & string}.${infer Field}`
	? Field
	: never;

/** An operation that sends a request. */
type Sending = Operation<Fields, `${HttpMethod} ${string}`>;

type DifferingIn<R extends Resources> = {
	[Name in keyof R['operations']]: R['operations'][Name] extends infer O extends Sending
		? DiffersAt<`${R['value']}/${Name & string}`, O, Name>
		: never;
}[keyof R['operations']];

type DiffersAt<Place extends string, O extends Operation, Name> = Place extends Explained
	? never
	: Equal<
				Pruned<Flat<Filled<BodyOf<O>, SdkBody<Name, O>>>, ExplainedAt<Place>>,
				Pruned<Flat<SdkBody<Name, O>>, ExplainedAt<Place>>
		  > extends true
		? never
		: `${Place} differs from the SDK`;

type Differing = Resources extends infer R ? (R extends Resources ? DifferingIn<R> : never) : never;

type OrNone<T> = [T] extends [never] ? 'no differences' : T;

export const differences: OrNone<Differing> = 'no differences';
