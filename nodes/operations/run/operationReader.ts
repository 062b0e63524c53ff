import { isExpression, type IExecuteFunctions, type INode } from 'n8n-workflow';

import { findOperation } from '../../catalogue';
import type { Operation } from '../../catalogue/schema/operation';
import { InputError } from '../request/complaints';

interface NamedOperation {
	readonly name: string;
	readonly operation: Operation;
}

/** @throws InputError if the item's operation does not exist */
export type OperationReader = (itemIndex: number) => NamedOperation;

/** Reads the operation of an item; only once for all items unless it is an expression. */
export function operationReader(
	context: IExecuteFunctions,
	{ parameters }: INode,
): OperationReader {
	const read: OperationReader = (itemIndex) => {
		const resource = context.getNodeParameter('resource', itemIndex);
		const name = String(context.getNodeParameter('operation', itemIndex));
		const operation = findOperation(resource, name);
		if (operation) return { name, operation };
		throw new InputError([`There is no operation '${name}' in the resource '${resource}'`]);
	};
	// The editor allows no expressions here, but a workflow may be written by hand.
	const differs = [parameters.resource, parameters.operation].some(isExpression);
	let first: NamedOperation | undefined;
	return differs ? read : (itemIndex) => (first ??= read(itemIndex));
}
