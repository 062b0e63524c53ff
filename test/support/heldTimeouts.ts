/**
 * Holds the timeouts of `AbortSignal.timeout` in every test of a file, so that each ends when the test
 * says so. n8n's requests need them, and jest's fake timers do not know them.
 * @returns the timeouts of the current test, in the order in which they began; `abort` ends one
 */
export function holdTimeouts(): AbortController[] {
	const timeouts: AbortController[] = [];
	beforeEach(() => {
		timeouts.length = 0;
		jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
			const timeout = new AbortController();
			timeouts.push(timeout);
			return timeout.signal;
		});
	});
	afterEach(() => jest.restoreAllMocks());
	return timeouts;
}
