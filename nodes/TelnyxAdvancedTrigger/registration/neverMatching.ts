import type { IHookFunctions } from 'n8n-workflow';

import { events } from '../../telnyx/events';
import { hasCommasOnly, impossibleNumbers, listed } from '../form/numberPattern';
import { plain, readFilters, readOptions, selectedEvents, type Filters } from '../form/parameters';

/** What the user wrote that no event can match, in sentences. */
export const neverMatching = (context: IHookFunctions): string[] => [
	...misspeltTypes(selectedEvents(context, readOptions(context))),
	...commasOnly(readFilters(context)),
	...wrongNumbers(readFilters(context)),
	...wrongApplications(readFilters(context)),
	...wrongDirection(readFilters(context)),
];

/** Other types may be newer than the package. */
const misspeltTypes = (selected: readonly string[]): string[] =>
	selected.flatMap((written) => {
		const meant = events.find(({ type }) => bare(type) === bare(written))?.type;
		return meant === undefined || meant === written
			? []
			: [`No event has the type '${written}': Telnyx calls it '${meant}'.`];
	});

/** Telnyx's API v1 has underscores for the dots. */
const bare = (type: string) => type.toLowerCase().replace(/[^a-z0-9]/g, '');

const COMMAS_SEPARATE = { connection_id: 'Application IDs', from: 'From', to: 'To' } as const;

const commasOnly = (filters: Filters): string[] =>
	Object.entries(COMMAS_SEPARATE)
		.filter(([name]) => hasCommasOnly(filters[name as keyof typeof COMMAS_SEPARATE]))
		.map(
			([, label]) =>
				`The filter '${label}' has nothing but commas: write what an event has to match, or remove the filter.`,
		);

const wrongNumbers = (filters: Filters): string[] =>
	impossibleNumbers(filters).map(
		({ field, number, why }) =>
			`The filter '${field}' has '${number}', which is not a whole number with its country code. ${why ? `${why}. ` : ''}Write it with plus sign and country code, such as +13125550001, with a * in front, such as *5550001, or with a * after it, such as +1312*.`,
	);

const wrongApplications = ({ connection_id }: Filters): string[] =>
	typeof connection_id === 'number' && !Number.isSafeInteger(connection_id)
		? ["The filter 'Application IDs' has a number whose last digits are lost: give it as text."]
		: listed(connection_id)
				.filter((written) => !/^[\d*]*$/.test(written))
				.map(
					(written) =>
						`The filter 'Application IDs' has '${written}', which is not an ID: it has digits only, such as 1494404757140276705. Separate several with commas.`,
				);

const wrongDirection = ({ direction }: Filters): string[] =>
	['', 'incoming', 'outgoing'].includes(plain(direction))
		? []
		: [`The filter 'Direction' has '${plain(direction)}', but it is 'incoming' or 'outgoing'.`];
