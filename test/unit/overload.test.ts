/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { EventEmitter } from 'node:events';

import { Starting } from '../../nodes/TelnyxAdvancedTrigger/event/overload';

it('leaves room for what n8n can start in time, and for more as soon as n8n has responded', () => {
	const starting = new Starting(2);
	const [one, two, three] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
	expect(starting.hasRoomFor(one)).toBe(true);
	expect(starting.hasRoomFor(two)).toBe(true);
	expect(starting.hasRoomFor(three)).toBe(false);
	one.emit('finish');
	one.emit('close');
	expect(starting.hasRoomFor(three)).toBe(true);
	expect(starting.hasRoomFor(new EventEmitter())).toBe(false);
});
