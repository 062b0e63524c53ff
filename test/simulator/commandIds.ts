/** How long Telnyx ignores another command with the same command_id. */
export const REPEAT_WINDOW_MS = 60_000;

/**
 * Whether a command_id was used within that time.
 * @param commands when each command_id was used
 */
export function isRepeated(
	commands: Map<string, number>,
	commandId: string | undefined,
	now: number,
) {
	const at = commandId === undefined ? undefined : commands.get(commandId);
	return at !== undefined && now - at < REPEAT_WINDOW_MS;
}

export function noteCommandId(
	commands: Map<string, number>,
	commandId: string | undefined,
	now: number,
) {
	if (commandId) commands.set(commandId, now);
}
