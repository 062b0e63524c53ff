import { isMissing, TelnyxFailure } from '../../telnyx/http/failure';
import { withoutSecrets } from '../../telnyx/http/withoutSecrets';

/** Thrown when a workflow cannot be published or unpublished. The message is written for the user. */
export class RegistrationError extends Error {}

/** Addresses in it are shown without passwords and what follows their path: n8n logs and keeps it. */
export const problem = (message: string) => new RegistrationError(withoutSecrets(message));

/** Whether Telnyx says that the application does not exist. */
export const isGone = (error: unknown) => error instanceof TelnyxFailure && isMissing(error);

/** The same failure with a message for the user, which alone n8n shows. */
export function toRegistrationError(connectionId: string, failure: Error): Error {
	if (!(failure instanceof TelnyxFailure)) return failure;
	if (isGone(failure)) {
		return problem(
			`Telnyx has no application ${connectionId} (any more). Choose another one in the Telnyx Advanced Trigger.`,
		);
	}
	return problem(`${failure.message}. ${failure.description}`);
}
