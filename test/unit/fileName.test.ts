import { fileNameIn, named, recordingName } from '../../nodes/telnyx/http/fileName';

it.each([
	['attachment; filename="call.mp3"', 'call.mp3'],
	['attachment; filename=call.mp3', 'call.mp3'],
	['attachment; filename="a;b.mp3"; size=1', 'a;b.mp3'],
	['attachment; filename="fallback.mp3"; filename*=UTF-8\'\'gr%C3%BC%C3%9Fe.mp3', 'grüße.mp3'],
	['attachment; filename*=UTF-8\'\'%E4%ZZ; filename="fallback.mp3"', 'fallback.mp3'],
	['attachment; filename="../../etc/passwd"', 'passwd'],
	["attachment; filename*=utf-8''..%2F..%2Fa.mp3", 'a.mp3'],
	['attachment; filename="C:\\\\calls\\\\a.mp3"', 'a.mp3'],
	["attachment; filename*=iso-8859-1'en'%A3%20a.mp3", '£ a.mp3'],
	['attachment; filename=call of today.mp3; size=1', 'call of today.mp3'],
	['attachment; filename="..\\..\\a.mp3"', 'a.mp3'],
	['attachment; filename="a \\"b\\".mp3"', 'a "b".mp3'],
	[`attachment; filename="${Buffer.from('grüße.mp3').toString('latin1')}"`, 'grüße.mp3'],
	['attachment; filename="gr\u00fc\u00dfe.mp3"', 'grüße.mp3'],
	["attachment; filename*=UTF-8''%E2%80%AEgpm.3", 'gpm.3'],
	['attachment; filename="."', undefined],
	['attachment; filename="a/.."', undefined],
	['attachment', undefined],
	['attachment; filename=""', undefined],
	['', undefined],
])('%s names a file %s', (disposition, name) => {
	expect(fileNameIn(disposition)).toBe(name);
});

it.each<[object, string | undefined, object]>([
	[{ contentType: 'audio/mpeg' }, 'mp3', { fileName: 'r-1.mp3', contentType: 'audio/mpeg' }],
	[{ contentType: 'audio/x-wav' }, 'wav', { fileName: 'r-1.wav', contentType: 'audio/x-wav' }],
	[{}, 'wav', { fileName: 'r-1.wav', contentType: 'audio/wav' }],
	[
		{ contentType: 'binary/octet-stream' },
		'mp3',
		{ fileName: 'r-1.mp3', contentType: 'audio/mpeg' },
	],
	[
		{ contentType: 'application/octet-stream', fileName: 'welcome.wav' },
		undefined,
		{ fileName: 'welcome.wav', contentType: 'audio/wav' },
	],
	[{ contentType: 'audio/mpeg' }, undefined, { fileName: 'r-1.mp3', contentType: 'audio/mpeg' }],
	[{ contentType: 'audio/ogg' }, undefined, { fileName: 'r-1', contentType: 'audio/ogg' }],
	[{ fileName: 'a.b.mp3' }, 'mp3', { fileName: 'a.b.mp3', contentType: 'audio/mpeg' }],
	[{ fileName: 'call.2026' }, 'mp3', { fileName: 'call.2026.mp3', contentType: 'audio/mpeg' }],
	[{ fileName: 'call.mp4' }, 'mp3', { fileName: 'call.mp4', contentType: 'audio/mpeg' }],
	[{}, undefined, { fileName: 'r-1', contentType: undefined }],
])('a file with %j and the format %s is %j', (said, format, known) => {
	expect(named(said, 'r-1', format)).toEqual(known);
});

it.each([
	['2026-11-26T20:54:03.123456Z', 'Europe/Berlin', 'call-2026-11-26-2154'],
	['2026-11-26T23:54:03Z', 'Asia/Tokyo', 'call-2026-11-27-0854'],
	['2026-11-26T20:54:03Z', 'America/New_York', 'call-2026-11-26-1554'],
	[undefined, 'Europe/Berlin', 'r-1'],
	['soon', 'Europe/Berlin', 'r-1'],
])('a recording that began at %s, in %s, is called %s', (startedAt, timezone, name) => {
	expect(recordingName(startedAt, timezone, 'r-1')).toBe(name);
});
