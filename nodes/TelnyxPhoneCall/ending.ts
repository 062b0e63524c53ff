import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { speak } from '../catalogue/audio/speak';
import { hangup } from '../catalogue/call/hangup';
import { hasEnded, TelnyxFailure } from '../telnyx/http/failure';
import { notes } from '../waiting/answers';
import { PAUSE, type Happened } from '../waiting/behavior';
import { sendFurther } from '../waiting/furtherCommands';
import { type Wait } from '../waiting/wait';
import { noteEndedWhileWaiting } from '../waiting/legs';
import { command } from './steps/shared';
import { SPOKEN, type Done, type Next } from './steps/step';

/** How a step ends once its last words have been said. */
type Ending = Pick<Done, 'output' | 'json' | 'hangsUp'> & IDataObject;

const STAGE = 'last words ';
const ENDING = 'ending';

/** The stage holds all that has to be known afterwards, so that nothing of it has to be saved. */
const stageOf = (ending: Ending): string =>
	`${STAGE}${Buffer.from(JSON.stringify(ending)).toString('base64url')}`;

const endingIn = (stage: string): Ending | undefined =>
	stage.startsWith(STAGE)
		? (JSON.parse(Buffer.from(stage.slice(STAGE.length), 'base64url').toString()) as Ending)
		: undefined;

/**
 * Says the last words of a step.
 * @returns whether they are being said: not to somebody who has hung up
 * @throws TelnyxFailure
 */
export async function sayLastWords(
	context: IWebhookFunctions,
	wait: Wait,
	{ lastWords, output, json, hangsUp }: Done,
): Promise<boolean> {
	if (lastWords === undefined) return false;
	const ending: Ending = { output, json, hangsUp };
	const words = command(speak, { call_control_id: wait.call_control_id, ...lastWords });
	notes.set(wait.secret_hash, { ...notes.get(wait.secret_hash), [ENDING]: ending });
	try {
		await sendFurther(context, wait, { ...words, stage: stageOf(ending) });
		return true;
	} catch (error) {
		if (!(error instanceof TelnyxFailure && hasEnded(error))) return await Promise.reject(error);
		noteEndedWhileWaiting(context, wait.call_control_id);
		return false;
	}
}

/**
 * What follows while the last words of a step are being said: it is over when they have been said, or
 * nobody is there any more to hear them.
 * @returns undefined if no last words are being said
 */
export function afterLastWords({ secret_hash: wait }: Wait, happened: Happened): Next | undefined {
	const { end, event, stage } = happened;
	const said = endingIn(stage);
	const ending = said ?? (notes.get(wait)?.[ENDING] as Ending | undefined);
	if (!ending) return undefined;
	// Before the words began, the step may have wanted to be woken up.
	if (stage === PAUSE) return {};
	const isSaid = said !== undefined && event?.event_type === SPOKEN;
	return isSaid || end.outcome === 'ended' || end.outcome === 'timeout' ? ending : {};
}

/** Hangs up the call of a step. */
export async function hangUpAtEnd(context: IWebhookFunctions, wait: Wait): Promise<void> {
	const { call_control_id: id } = wait;
	const end = command(hangup, { call_control_id: id });
	await sendFurther(context, wait, { ...end, stage: 'hang up', mayFail: true });
	noteEndedWhileWaiting(context, id);
}
