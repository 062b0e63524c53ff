import { whyUnreachable } from '../../nodes/telnyx/webhooks/reachable';

const TELNYX = { baseUrl: 'https://api.telnyx.com/v2' };

it.each([
	'http://localhost:5678',
	'http://n8n.localhost',
	'http://127.1.2.3',
	'http://0.0.0.0',
	'http://[::1]',
	'http://[::]',
	'http://10.0.0.4',
	'http://172.16.0.1',
	'http://172.31.255.1',
	'http://192.168.178.20:5678',
	'http://169.254.1.1',
	'http://100.64.0.1',
	'http://[fd12:3456::1]',
	'http://[fe80::1]',
	'http://[::ffff:192.168.0.1]',
	'http://0xc0a80001',
	'http://raspberry.local:5678',
	'http://raspberry.local.',
	'http://host.docker.internal:5678',
	'http://n8n.fritz.lan',
	'http://nas.home.arpa',
	'http://n8n:5678',
	'http://n8n.',
	'http://192.168.1',
	'http://3232235521',
	'http://224.0.0.1',
	'http://255.255.255.255',
	'http://198.18.0.1',
	'http://192.0.2.1',
	'http://[::7f00:1]',
	'http://[::ffff:10.1.2.3]',
	'http://[fec0::1]',
	'http://[ff02::1]',
	'http://[2001:db8::1]',
	'http://[64:ff9b:1::1]',
	'http://[64:ff9b::a00:1]',
	'http://[100::1]',
	'http://[2002:c0a8:1::1]',
	'http://[3fff::1]',
	'http://n8n.production.svc',
	'http://laptop.mshome.net',
	'http://n8n.alt',
	'http://n8n.localtest.me',
	'http://n8n.10.0.0.5.nip.io',
	'http://192-168-1-20.sslip.io',
	'http://n8n.onion',
	'http://n8n.example',
	'http://n8n.fritz.box',
	'http://N8N.LOCAL',
	'http://n8n.default.svc.cluster.local',
	'http://host.containers.internal',
])('Telnyx cannot reach %s, and the reason is given', (address) => {
	expect(whyUnreachable(TELNYX, `${address}/webhook/1`)).toMatch(
		/^Telnyx cannot reach this n8n at http:.*: .*(?:private network|outside of your network|on the internet)\. Give n8n an address on the internet/,
	);
});

it.each([
	'https://n8n.example.com',
	'https://8.8.8.8',
	'https://172.15.0.1',
	'https://172.32.0.1',
	'https://100.128.0.1',
	'https://[2606:4700::1111]',
	'https://223.255.255.1',
	'https://198.20.0.1',
	'https://[2a00:1450:4001::1]',
	'https://[::ffff:8.8.8.8]',
	'https://[2002:808:808::1]',
	'https://[3fff:1000::1]',
	'http://0.tcp.ngrok.io:17000',
	'https://10.example.com',
	'https://127.cloud.example.com',
	'https://8.8.8.8.nip.io',
	'https://local.example.com',
	'https://localhost.example.com',
])('Telnyx may reach %s', (address) => {
	expect(whyUnreachable(TELNYX, `${address}/webhook/1`)).toBeUndefined();
});

it("it is unknown what can be reached from the user's own base URL", () => {
	expect(whyUnreachable({ baseUrl: 'custom' }, 'http://localhost:5678/webhook/1')).toBeUndefined();
});
