import type { FastifyInstance, FastifyRequest } from 'fastify';

import { pageOf } from '../paging';
import { refuse } from '../refusals';
import type { RouteHelpers, Parts } from '../server';
import type { Json } from '../types';

type Texts = Record<string, string>;

/** Filters of the recordings list. */
const SEARCHED = [
	'call_control_id',
	'call_leg_id',
	'call_session_id',
	'conference_id',
	'connection_id',
	'from',
	'to',
];

/** Recordings and their transcriptions. */
export function recordingRoutes(
	api: FastifyInstance,
	{ exchange }: Parts,
	{ validated }: RouteHelpers,
) {
	const { recordings, transcriptions } = exchange;

	api.get('/recordings', (request) => {
		const query = request.query as Texts;
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
		const { body } = validated(request, 'POST /recordings/actions/delete');
		for (const id of body.ids) recordings.delete(id);
		return { status: 'ok' };
	});

	api.get('/recording_transcriptions', (request) => {
		const query = request.query as Texts;
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

function find(all: Map<string, Json>, request: FastifyRequest) {
	const found = all.get((request.params as Texts).id ?? '');
	if (!found) throw refuse(10005);
	return found;
}
