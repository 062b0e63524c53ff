import { dial } from '../../catalogue/call/dial';
import type { FurtherCommand } from '../../waiting/furtherCommands';
import { command } from './shared';
import type { Moment, StepCommand } from './step';

/**
 * The place in the list, from 0, of the person whom a stage is about, where a step calls several people. It
 * comes first in their stages; the first command of the step has none.
 */
export const placeIn = (stage: string): number => Number.parseInt(stage || '0', 10);

/** Calls the people from a place on. The values for all of them are in the plan, as `dials`. */
export const dialsFrom = (place: number, { dials }: Moment['plan']): FurtherCommand[] =>
	(dials as Array<StepCommand['values']>).slice(place).map((values, index) => ({
		...command(dial, values),
		stage: `${place + index}`,
	}));
