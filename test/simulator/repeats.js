// @ts-check

/** How long Telnyx remembers a command_id. */
const REMEMBERED_MS = 60_000;

/**
 * Whether a command came before.
 * @param {Map<string, number>} commands when each command_id was used
 * @param {string | undefined} commandId
 * @param {number} now
 */
function isRepeated(commands, commandId, now) {
	const at = commandId === undefined ? undefined : commands.get(commandId);
	return at !== undefined && now - at < REMEMBERED_MS;
}

/**
 * @param {Map<string, number>} commands
 * @param {string | undefined} commandId
 * @param {number} now
 */
function remember(commands, commandId, now) {
	if (commandId) commands.set(commandId, now);
}

module.exports = { isRepeated, REMEMBERED_MS, remember };
