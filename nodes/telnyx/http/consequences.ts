/** What a request was for: it decides what a failure leaves unknown, and what there is to do. */
export interface Purpose {
	/** Whether it was to change something at Telnyx. */
	readonly changes: boolean;
	/** Whether Telnyx would carry a repetition out only once. */
	readonly repeatable: boolean;
	/** Whether it was to point an application to a workflow that is published. */
	readonly isRegistration?: boolean;
}

/** Whether it is what an item is for, not what the node needs for itself. */
export const isCommand = ({ changes, isRegistration }: Purpose) => changes && !isRegistration;

const NOTHING_CHANGED = 'Nothing was changed.';
const PERHAPS_REGISTERED =
	'It is not known whether Telnyx changed the application. Publish or unpublish the workflow again: that makes it good.';

/** What to say after a reply that does not tell whether Telnyx carried the request out. */
export function perhapsDone(purpose: Purpose): string {
	if (isCommand(purpose)) return 'The command may have been carried out all the same.';
	return purpose.changes ? PERHAPS_REGISTERED : NOTHING_CHANGED;
}

/** What to do when there was no reply. */
export function adviceWithoutReply(purpose: Purpose): string {
	if (!purpose.changes) return `${NOTHING_CHANGED} Try again.`;
	if (purpose.isRegistration) return PERHAPS_REGISTERED;
	const todo =
		'It is not known whether Telnyx carried the command out. Look whether it took effect before you send it again.';
	return purpose.repeatable
		? `${todo} 'Retry On Fail' in the settings of this node repeats it only as long as Telnyx carries a repetition out only once.`
		: todo;
}
