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

	it.each([
		'+44 (0)20 7946 0123',
		'+44 ( 0 ) 20 7946 0123',
		'+44 [0] 20 7946 0123',
		'+44/(0)20/7946 0123',
		'(+44) (0)20 7946 0123',
		'00 44 (0)20 7946 0123',
	])('loses the zero that people write for calls within the country: %s', (written) => {
		expect(asPhoneNumber(written)).toBe('+442079460123');
	});

	it.each([
		['+39 06 1234 5678', '+390612345678'],
		['+225 07 12 34 56 78', '+2250712345678'],
		['+49 33203/1234', '+49332031234'],
		['+49 (0)33203/1234', '+49332031234'],
		['+1/312/555/0100', '+13125550100'],
		['+44 7911/123/456', '+447911123456'],
		['+47/22/12/34/56', '+4722123456'],
		['+49/170/1234/567', '+491701234567'],
	])('keeps what belongs to it: %s', (written, sent) => {
		expect(asPhoneNumber(written)).toBe(sent);
	});

	it.each([
		'+39 (0)6 1234 5678',
		'+378 (0)549 123456',
		'+379 (0)6 698 12345',
		'+225 (0)7 12 34 56 78',
		'+229 (0)1 12 34 56 78',
		'+44 20 7946 (0)123',
		'+44 (0)(0)20 7946 0123',
		'+44 20 7946 0123/4',
		'+13125550100/0101',
		'+49 30/1234567/8',
		'+44 020 7946 0123',
		'+49 030 123456',
		'+1 312 555 01',
		'+1 312 555 01001',
		'+1 0312 555 010',
		'+1 1 312 555 010',
	])('that cannot be certain, or cannot exist, stays as it is: %s', (written) => {
		expect(asPhoneNumber(written)).toBe(written);
	});

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
