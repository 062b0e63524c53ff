/**
 * Lets a test move the time on. Otherwise it goes on as ever.
 * @param act gets what moves it, by so many milliseconds
 */
export async function movingTime<T>(act: (passes: (ms: number) => void) => Promise<T>): Promise<T> {
	const { now } = Date;
	let later = 0;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + later);
	try {
		return await act((ms) => void (later += ms));
	} finally {
		clock.mockRestore();
	}
}
