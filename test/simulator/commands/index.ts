import type { Command } from '../types';
import * as assistant from './assistant';
import * as audio from './audio';
import * as bridging from './bridging';
import * as control from './control';
import * as input from './input';
import * as media from './media';
import * as queue from './queue';
import * as recording from './recording';

/**
 * What the actions of a call do, by the last part of their path. An action of the API that is
 * not here is validated and accepted, and does nothing.
 */
export const commands: Record<string, Command> = {
	...control,
	...bridging,
	...audio,
	...input,
	...recording,
	...media,
	...assistant,
	...queue,
};
