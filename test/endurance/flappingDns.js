/** For `node --require`: a name that leads to 127.0.0.1, unless the file in TEST_DNS says with which code it fails. */
const dns = require('node:dns');
const { readFileSync } = require('node:fs');

const { lookup } = dns;
const NAME = 'telnyx.test';

dns.lookup = function (name, options, callback) {
	if (name !== NAME) return lookup.call(dns, name, options, callback);
	const done = typeof options === 'function' ? options : callback;
	const code = readFileSync(process.env.TEST_DNS ?? '', 'utf8');
	if (code) {
		const error = Object.assign(new Error(`getaddrinfo ${code} ${NAME}`), { code, hostname: NAME });
		setImmediate(done, error);
	} else if (typeof options === 'object' && options?.all) {
		setImmediate(done, null, [{ address: '127.0.0.1', family: 4 }]);
	} else setImmediate(done, null, '127.0.0.1', 4);
};
