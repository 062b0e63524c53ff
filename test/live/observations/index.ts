import type { Observation } from '../observation';
import { calls } from './calls';

/** All that is observed, in this order. */
export const observations: Observation[] = [...calls];
