import { integer, locator, text } from '../schema/field';
import { WEB_ADDRESS } from '../shared/addresses';

/** A file that Telnyx keeps. */
export const storedMedia = locator({
	label: 'Media Name',
	description: 'The file, by the name it was uploaded with',
	required: true,
	list: 'media',
	placeholder: 'e.g. welcome-message',
});

/** The name of a new file. */
export const newName = text({
	label: 'Media Name',
	description: 'What the file is to be called at Telnyx. Left out, Telnyx gives it a name.',
	onTop: true,
	placeholder: 'e.g. welcome-message',
});

/** The URL from which Telnyx fetches a file. */
export const mediaUrl = text({
	label: 'Media URL',
	description: 'Where Telnyx fetches the file, 20 MB at most',
	placeholder: 'e.g. https://example.com/welcome.mp3',
	pattern: WEB_ADDRESS,
});

/** How long Telnyx keeps a file. */
export const lifetime = integer({
	label: 'Keep for (Seconds)',
	description:
		'After how many seconds Telnyx deletes the file: two days by default, 20 years at most',
	min: 1,
	max: 630_720_000,
	start: 172_800,
});

/** The fields that Telnyx returns for a file. */
export const mediaAnswer = {
	content_type: 'string',
	created_at: 'string',
	expires_at: 'string',
	media_name: 'string',
	updated_at: 'string',
} as const;
