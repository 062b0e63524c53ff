// n8n finds the nodes through "n8n" in package.json; this is for programs that load them themselves.
module.exports = {
	...require('./dist/credentials/TelnyxAdvancedApi.credentials'),
	...require('./dist/nodes/TelnyxAdvanced/TelnyxAdvanced.node'),
	...require('./dist/nodes/TelnyxAdvancedTrigger/TelnyxAdvancedTrigger.node'),
	...require('./dist/nodes/TelnyxAiAssistantTrigger/TelnyxAiAssistantTrigger.node'),
	...require('./dist/nodes/TelnyxPhoneCall/TelnyxPhoneCall.node'),
};
