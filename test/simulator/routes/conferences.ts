import type { FastifyInstance, FastifyRequest } from 'fastify';

import { answeredLeg, conferenceCommands } from '../commands/conference';
import { conferenceData, openConference, participantData } from '../conferences';
import { pageOf } from '../paging';
import { checkLimits } from '../limits';
import { refuse, refuseValues } from '../refusals';
import { isRepeated, noteCommandId } from '../commandIds';
import type { RouteHelpers, Parts } from '../server';
import type { Conference } from '../types';

type Texts = Record<string, string>;

export function conferenceRoutes(
	api: FastifyInstance,
	{ exchange, validator }: Parts,
	{ carryOut, validated, logged }: RouteHelpers,
) {
	const { clock, conferences } = exchange;

	api.post('/conferences', async (request) => {
		const subject = logged(request, 'conference');
		const { body } = validated(request, 'POST /conferences');
		const leg = answeredLeg(exchange, body);
		subject.leg = leg;
		const repeated = [...conferences.values()].find((one) =>
			isRepeated(one.commands, body.command_id, clock.now()),
		);
		if (repeated) return { data: conferenceData(repeated) };
		const conference = await carryOut(request, leg, () => openConference(exchange, leg, body));
		noteCommandId(conference.commands, body.command_id, clock.now());
		return { data: conferenceData(conference) };
	});

	api.get('/conferences', (request) => {
		const query = request.query as Texts;
		const found = [...conferences.values()]
			.map(conferenceData)
			.filter(({ name }) => [undefined, name].includes(query['filter[name]']))
			.filter(({ status }) => [undefined, status].includes(query['filter[status]']));
		return pageOf(found, query);
	});

	api.get('/conferences/:id', (request) => ({ data: conferenceData(find(request)) }));

	api.get('/conferences/:id/participants', (request) => {
		const conference = find(request);
		const query = request.query as Texts;
		const found = [...conference.participants.values()]
			.map((one) => participantData(conference, one))
			.filter(({ muted }) => [undefined, String(muted)].includes(query['filter[muted]']))
			.filter(({ on_hold }) => [undefined, String(on_hold)].includes(query['filter[on_hold]']));
		return pageOf(found, query);
	});

	api.get('/conferences/:id/participants/:participant', (request) => {
		const { conference, participant } = findParticipant(request);
		return { data: participantData(conference, participant) };
	});

	api.patch('/conferences/:id/participants/:participant', (request) => {
		const { conference, participant } = findParticipant(request);
		const { body } = validated(request, 'PATCH /conferences/{}/participants/{}');
		participant.endsConference = body.end_conference_on_exit ?? participant.endsConference;
		participant.softEndsConference =
			body.soft_end_conference_on_exit ?? participant.softEndsConference;
		participant.updatedAt = clock.now();
		return { data: participantData(conference, participant) };
	});

	api.post('/conferences/:id/actions/:action', async (request) => {
		const { action } = request.params as Texts;
		const declared = `POST /conferences/{}/actions/${action}`;
		const subject = logged(request, `conference ${action}`);
		if (validator.knows(declared) !== 'known') throw refuse(10005);
		const conference = find(request);
		subject.leg = conference.creator;
		const record = validated(request, declared);
		const { body } = record;
		const problems = checkLimits(action, body, validator.eventTypes);
		if (problems.length > 0) throw refuseValues(problems);
		if (conference.endReason) throw refuse(90019);
		if (isRepeated(conference.commands, body.command_id, clock.now())) {
			record.duplicate = true;
			return { data: { result: 'ok' } };
		}
		const { [action]: command } = conferenceCommands;
		record.isNotSimulated = command === undefined;
		await carryOut(request, conference.creator, () => command?.(conference, body, exchange));
		noteCommandId(conference.commands, body.command_id, clock.now());
		exchange.changed();
		return { data: { result: 'ok' } };
	});

	function find(request: FastifyRequest): Conference {
		const conference = conferences.get((request.params as Texts).id ?? '');
		if (!conference) throw refuse(90058);
		return conference;
	}

	function findParticipant(request: FastifyRequest) {
		const conference = find(request);
		const { participant: id } = request.params as Texts;
		const participant = [...conference.participants.values()].find((one) =>
			[one.id, one.leg.call_control_id].includes(id ?? ''),
		);
		if (!participant) throw refuse(10005);
		return { conference, participant };
	}
}
