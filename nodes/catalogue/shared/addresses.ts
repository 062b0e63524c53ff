import { visible } from '../../shared/invisible';

/** An address that Telnyx can call or fetch from. */
export const WEB_ADDRESS = {
	matches: new RegExp(`^https?://${visible()}+$`, 'u'),
	says: 'has to be a web address that starts with https:// or http://',
	isAddress: true,
} as const;

/** The same for a WebSocket. */
export const SOCKET_ADDRESS = {
	matches: new RegExp(`^wss?://${visible()}+$`, 'u'),
	says: 'has to start with ws:// or wss://',
	isAddress: true,
} as const;
