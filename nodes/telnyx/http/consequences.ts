/** The purpose of a request, which decides what its failure leaves unknown and what the user can do. */
export interface Purpose {
	/** Whether it was to change something at Telnyx. */
	readonly changes: boolean;
	/** Whether Telnyx would ignore a repetition. */
	readonly repeatable: boolean;
	/** Whether it was to set the webhook URL of an application for a published workflow. */
	readonly isRegistration?: boolean;
}

/** Whether the request is the command of an item, not one that the node makes for itself. */
export const isCommand = ({ changes, isRegistration }: Purpose) => changes && !isRegistration;

const NOTHING_CHANGED = 'Nothing was changed.';
const PERHAPS_REGISTERED =
	'It is not known whether Telnyx changed the application. To put it right, publish or unpublish the workflow again.';

/** The hint for a reply that does not tell whether Telnyx carried the request out. */
export function perhapsDone(purpose: Purpose): string {
	if (isCommand(purpose)) return 'The command may have been carried out all the same.';
	return purpose.changes ? PERHAPS_REGISTERED : NOTHING_CHANGED;
}

/** What the user can do when there was no reply. */
export function adviceWithoutReply(purpose: Purpose): string {
	if (!purpose.changes) return `${NOTHING_CHANGED} Try again.`;
	if (purpose.isRegistration) return PERHAPS_REGISTERED;
	const todo =
		'It is not known whether Telnyx carried the command out. Look whether it took effect before you send it again.';
	return purpose.repeatable
		? `${todo} 'Retry On Fail' in the settings of this node repeats it only as long as Telnyx carries a repetition out only once.`
		: todo;
}
