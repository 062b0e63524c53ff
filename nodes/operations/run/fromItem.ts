import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';

/**
 * What an item has by the first of the names that it knows: in itself, or in the payload of an event. The
 * `id` of an event is the event's own, so it is never taken for anything else's.
 * @param names with dots for what is inside, such as `conference.id`
 */
export function valueFromItem(json: IDataObject, names: readonly string[]): unknown {
	const { payload, event_type } = json;
	const isEvent = payload !== undefined || event_type !== undefined;
	const places = isObject(payload) ? [json, payload] : [json];
	return names
		.filter((name) => name !== 'id' || !isEvent)
		.flatMap((name) => places.map((place) => inside(place, name)))
		.find((value) => value !== undefined && value !== null && value !== '');
}

const inside = (place: unknown, name: string): unknown =>
	name
		.split('.')
		.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), place);
