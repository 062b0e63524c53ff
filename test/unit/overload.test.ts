/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { EventEmitter } from 'node:events';

import { Starting } from '../../nodes/TelnyxAdvancedTrigger/event/overload';
import { eventually } from '../support/eventually';

const response = (more: object = {}) =>
	Object.assign(new EventEmitter(), {
		destroyed: false,
		writableEnded: false,
		statusCode: 200,
		...more,
	}) as never;
const end = (of: EventEmitter & { writableEnded?: boolean }) => {
	of.writableEnded = true;
	of.emit('finish');
	of.emit('close');
};

it('leaves room for what n8n can start in time, and for more as soon as n8n has responded', async () => {
	const starting = new Starting(2);
	const [one, two] = [response(), response()];
	expect(starting.hasRoomFor(one)).toBe(true);
	expect(starting.hasRoomFor(two)).toBe(true);
	expect(starting.hasRoomFor(response())).toBe(false);
	end(one);
	await new Promise(setImmediate);
	expect(starting.hasRoomFor(response())).toBe(true);
	expect(starting.hasRoomFor(response())).toBe(false);
});

it('has room again although the sender was gone before it was asked', async () => {
	const starting = new Starting(1);
	expect(starting.hasRoomFor(response({ destroyed: true, writableEnded: true }))).toBe(true);
	await eventually('room', () => starting.hasRoomFor(response()));
});
