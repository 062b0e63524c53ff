/** How long Telnyx remembers a command_id. */
export const REMEMBERED_MS = 60_000;

/**
 * Whether a command came before.
 * @param commands when each command_id was used
 */
export function isRepeated(
	commands: Map<string, number>,
	commandId: string | undefined,
	now: number,
) {
	const at = commandId === undefined ? undefined : commands.get(commandId);
	return at !== undefined && now - at < REMEMBERED_MS;
}

export function remember(
	commands: Map<string, number>,
	commandId: string | undefined,
	now: number,
) {
	if (commandId) commands.set(commandId, now);
}
