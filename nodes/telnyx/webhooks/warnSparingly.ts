import { BoundedMap } from '../../shared/boundedMap';

const WINDOW_MS = 60_000;
const MOST_IN_WINDOW = 20;
const MOST_SUBJECTS = 1_000;

interface Window {
	startedAt: number;
	written: number;
	suppressed: number;
}

/** By subject. */
const windows = new BoundedMap<string, Window>(MOST_SUBJECTS);

/**
 * Writes a warning, unless there were 20 about the same subject within a minute: anybody can send
 * requests to a webhook URL, and they must not fill the log. The next warning says how many were left
 * out.
 * @param subject what the warning is about
 * @param now milliseconds since 1970
 */
export function warnSparingly(
	subject: string,
	message: string,
	write: (message: string) => void,
	now = Date.now(),
): void {
	const window = windows.get(subject);
	if (window && now - window.startedAt < WINDOW_MS) {
		if (window.written >= MOST_IN_WINDOW) {
			window.suppressed += 1;
			return;
		}
		window.written += 1;
		write(message);
		return;
	}
	windows.set(subject, { startedAt: now, written: 1, suppressed: 0 });
	const more = window?.suppressed
		? ` (before that, ${window.suppressed} more warnings were left out)`
		: '';
	write(`${message}${more}`);
}
