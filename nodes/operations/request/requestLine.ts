import type { HttpMethod, Operation } from '../../catalogue/schema/operation';
import { perObject } from '../../shared/perObject';

const PATH_NAME = /\{(\w+)\}/g;

interface RequestLine {
	readonly method: HttpMethod;
	readonly path: string;
	readonly pathNames: readonly string[];
}

/** Method, path template and the names in the path, taken apart; of an operation that sends a request. */
export const requestLine = perObject(({ request }: Pick<Operation, 'request'>): RequestLine => {
	const [method, path = ''] = request.split(' ') as [HttpMethod, string];
	return { method, path, pathNames: [...path.matchAll(PATH_NAME)].map(([, name]) => name) };
});
