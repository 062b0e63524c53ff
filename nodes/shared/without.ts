/** The object without some of its fields. */
export const without = <T extends object>(object: T, ...names: string[]) =>
	Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name))) as T;
