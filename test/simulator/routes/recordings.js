// @ts-check
const { pageOf } = require('../paging');
const { refuse } = require('../refusals');

/** @typedef {import('../types').Json} Json */
/** @typedef {Record<string, string>} Texts */

/** By which recordings can be searched. */
const SEARCHED = [
	'call_control_id',
	'call_leg_id',
	'call_session_id',
	'conference_id',
	'connection_id',
	'from',
	'to',
];

/**
 * Recordings and the texts of what was said in them.
 * @param {import('fastify').FastifyInstance} api
 * @param {import('../server').Parts} parts
 * @param {import('../server').Judging} judging
 */
function recordingRoutes(api, { exchange }, { judged }) {
	const { recordings, transcriptions } = exchange;

	api.get('/recordings', (request) => {
		const query = /** @type {Texts} */ (request.query);
		const found = [...recordings.values()].filter((recording) => {
			const { 'filter[created_at][gte]': from = '', 'filter[created_at][lte]': until = '9' } =
				query;
			const isInTime = recording.created_at >= from && recording.created_at <= until;
			return (
				isInTime &&
				SEARCHED.every((name) => [undefined, recording[name]].includes(query[`filter[${name}]`]))
			);
		});
		return pageOf(found.reverse(), query);
	});

	api.get('/recordings/:id', (request) => ({ data: find(recordings, request) }));

	api.delete('/recordings/:id', (request) => {
		const data = find(recordings, request);
		recordings.delete(data.id);
		return { data };
	});

	api.post('/recordings/actions/delete', (request) => {
		const { body } = judged(request, 'POST /recordings/actions/delete');
		for (const id of body.ids) recordings.delete(id);
		return { status: 'ok' };
	});

	api.get('/recording_transcriptions', (request) => {
		const query = /** @type {Texts} */ (request.query);
		const { 'filter[recording_id]': id } = query;
		const found = [...transcriptions.values()].filter(({ recording_id }) =>
			[undefined, recording_id].includes(id),
		);
		return pageOf(found.reverse(), query);
	});

	api.get('/recording_transcriptions/:id', (request) => ({ data: find(transcriptions, request) }));

	api.delete('/recording_transcriptions/:id', (request) => {
		const data = find(transcriptions, request);
		transcriptions.delete(data.id);
		return { data };
	});
}

/**
 * @param {Map<string, Json>} all
 * @param {import('fastify').FastifyRequest} request
 */
function find(all, request) {
	const found = all.get(/** @type {Texts} */ (request.params).id ?? '');
	if (!found) throw refuse(10005);
	return found;
}

module.exports = { recordingRoutes };
