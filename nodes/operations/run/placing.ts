import type { INodeExecutionData } from 'n8n-workflow';

/** Which output an item is for, of a node that has several. */
const places = new WeakMap<INodeExecutionData, number>();

/** Items of several outputs in one list, each of which keeps its place. */
export function placed(outputs: readonly INodeExecutionData[][]): INodeExecutionData[] {
	outputs.forEach((items, output) => items.forEach((item) => places.set(item, output)));
	return outputs.flat();
}

/** The items where they belong: in the first output unless they were placed elsewhere. */
export function byOutput(items: readonly INodeExecutionData[]): INodeExecutionData[][] {
	const last = Math.max(0, ...items.map((item) => places.get(item) ?? 0));
	return Array.from({ length: last + 1 }, (_, output) =>
		items.filter((item) => (places.get(item) ?? 0) === output),
	);
}
