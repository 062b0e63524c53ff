import type { Observation } from '../observation';
import { account } from './account';
import { bridging } from './bridging';
import { calls } from './calls';
import { conferences } from './conferences';
import { machines } from './machines';
import { media } from './media';
import { recordings } from './recordings';
import { refusals } from './refusals';
import { speech } from './speech';
import { signatures, webhooks } from './webhooks';

/** All that is observed, in this order. */
export const observations: Observation[] = [
	...account,
	...refusals,
	...calls,
	...speech,
	...bridging,
	...machines,
	...recordings,
	...conferences,
	...media,
	...webhooks,
	...signatures,
];
