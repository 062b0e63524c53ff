import { integer, text } from '../schema/field';

/** The connector. Telnyx's API cannot list them. */
export const connectorName = text({
	label: 'Connector Name',
	description: 'The SIPREC connector, by the name it was created with',
	required: true,
	placeholder: 'e.g. my-siprec-connector',
});

/** The fields of a connector. An update has to send all of them. */
export const connectorFields = {
	host: text({
		label: 'Host',
		description: 'The host name or IPv4 address of the session recording server',
		required: true,
		placeholder: 'e.g. siprec.example.com',
	}),
	name: text({
		label: 'Name',
		description: 'What the connector is known by',
		required: true,
		placeholder: 'e.g. my-siprec-connector',
	}),
	port: integer({
		label: 'Port',
		description: 'The port of the session recording server. Encrypted sessions need 5061.',
		required: true,
		min: 1,
		start: 5060,
	}),
	app_subdomain: text({
		label: 'App Subdomain',
		description: "The subdomain to send the call to, for Telnyx's own session recording server",
		placeholder: 'e.g. my-app-domain',
	}),
} as const;

/** The fields that Telnyx returns for a connector. */
export const connectorAnswer = {
	app_subdomain: 'string',
	created_at: 'string',
	host: 'string',
	name: 'string',
	port: 'number',
	record_type: 'string',
	updated_at: 'string',
} as const;
