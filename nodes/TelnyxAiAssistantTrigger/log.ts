/** Names this kind of node in n8n's log. */
export const NODE_KIND = 'Telnyx AI assistant trigger';
