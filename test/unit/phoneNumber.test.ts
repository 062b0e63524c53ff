import { asPhoneNumber } from '../../nodes/shared/phoneNumber';

describe('a phone number', () => {
	it.each([
		'+13125550100',
		'+1 (312) 555-0100',
		'+1.312.555.0100',
		'+1 312 555 0100',
		'+1–312–555–0100',
		'001 312 555 0100',
		'tel:+1-312-555-0100',
		' +1 312/5550100 ',
		'+1·312·555·0100',
		'+1 [312] 555\u22120100',
		'＋１３１２５５５０１００',
	])('as in %j is sent in the form that Telnyx takes', (written) => {
		expect(asPhoneNumber(written)).toBe('+13125550100');
	});

	it.each(['Sip:Jane@example.com', 'SIP:Jane@example.com'])('may be a SIP URI: %s', (written) => {
		expect(asPhoneNumber(written)).toBe('sip:Jane@example.com');
	});

	it.each(['+44 (0)20 7946 0123', '+44 ( 0 ) 20 7946 0123', '+44 [0] 20 7946 0123'])(
		'loses the zero that people write for calls within the country: %s',
		(written) => {
			expect(asPhoneNumber(written)).toBe('+442079460123');
		},
	);

	it.each([
		'(312) 555-0100',
		'0312 5550100',
		'13125550100',
		'+0312 5550100',
		'sip:+1 312@example.com',
		'sip:jane@example.com',
		'Anonymous',
		'+1 312 555 0100 ext. 5',
		'+1312*',
		'',
	])('is not guessed: %j stays as it is', (written) => {
		expect(asPhoneNumber(written)).toBe(written);
	});
});
