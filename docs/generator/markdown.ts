/** Names in code letters, separated by commas. */
export const codes = (names: readonly string[]): string =>
	names.map((name) => `\`${name}\``).join(', ');

/** What has a name and a value in a workflow: the value alone where both are the same. */
export const named = (
	options: ReadonlyArray<{ readonly name: string; readonly value: unknown }>,
): string =>
	options
		.map(({ name, value }) => (name === value ? `\`${value}\`` : `${name} (\`${value}\`)`))
		.join(', ');

/** A text as the cell of a table takes it. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table with an empty line after it. */
export const table = (head: readonly string[], rows: readonly string[]): string[] => [
	`| ${head.join(' | ')} |`,
	`| ${head.map(() => '---').join(' | ')} |`,
	...rows,
	'',
];

export const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Where a heading is found on its page. */
export const anchorOf = (heading: string): string =>
	heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.replaceAll(' ', '-');

/** The whole of a page. */
export const page = (lines: readonly string[]): string => `${lines.join('\n').trimEnd()}\n`;
