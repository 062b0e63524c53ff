import { choice, dateTime, group, text, type Fields } from '../schema/field';

/** Filters that Telnyx applies to a list. Entries have to match all of them. */
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

/** A filter for a substring. */
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

/** The sort order of connections, which include applications. */
export const sort = choice({
	label: 'Sort By',
	description: 'What the list is sorted by. By default, the newest come first.',
	choices: { created_at: 'Created', connection_name: 'Name', active: 'Active' },
	start: 'created_at',
});
