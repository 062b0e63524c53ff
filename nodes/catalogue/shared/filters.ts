import { choice, dateTime, group, text, type Fields } from '../schema/field';

/** What a list is narrowed down by, at Telnyx. All of it has to fit. */
export const filter = <const F extends Fields>(fields: F) =>
	group({
		label: 'Filters',
		description: 'What the entries of the list have to match, all of it at once',
		onTop: true,
		add: 'Add filter',
		fields,
	});

/** A filter for times: from, until, or both. */
export const timeRange = (label: string, description: string) =>
	group({
		label,
		description,
		add: 'Add limit',
		fields: {
			gte: dateTime({ label: 'From', description: 'This time or later' }),
			lte: dateTime({ label: 'Until', description: 'This time or earlier' }),
		},
	});

/** A filter for a part of a text. */
export const containing = (label: string, description: string, placeholder: string) =>
	group({
		label,
		description,
		add: 'Add text',
		fields: {
			contains: text({
				label: 'Contains',
				description: 'The text to look for, of at least three characters',
				placeholder,
				pattern: { matches: /^.{3,}$/, says: 'has to have at least three characters' },
			}),
		},
	});

/** The order of connections, which applications are as well. */
export const sort = choice({
	label: 'Sort By',
	description: 'What the list is sorted by. The newest come first unless you choose.',
	choices: { created_at: 'Created', connection_name: 'Name', active: 'Active' },
	start: 'created_at',
});
