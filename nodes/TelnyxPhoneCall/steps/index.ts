import { announce } from './announce';
import { answer } from './answer';
import { ask } from './ask';
import { askForApproval } from './askForApproval';
import { callSomeone } from './callSomeone';
import { hangUp } from './hangUp';
import { listen } from './listen';
import { play } from './play';
import { record } from './record';
import { ringGroup } from './ringGroup';
import { say } from './say';
import type { Step } from './step';
import { transfer } from './transfer';
import { waitForEvent } from './waitForEvent';

/** By the name in workflows, in the order of the form. */
const all = {
	answer,
	say,
	play,
	ask,
	listen,
	callSomeone,
	announce,
	ringGroup,
	transfer,
	record,
	waitForEvent,
	// n8n takes nodes that have an operation of this name for its human review.
	sendAndWait: askForApproval,
	hangUp,
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof all;

export const STEPS: Readonly<Record<string, Step>> = all;
