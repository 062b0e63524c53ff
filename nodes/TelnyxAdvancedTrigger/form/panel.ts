import type { TriggerPanelDefinition } from 'n8n-workflow';

const WHILE_BUILDING =
	"<b>While you build the workflow</b>, press the button above, then call your number. The first matching event appears here: a test takes one event. Telnyx has to send it to the <b>test URL</b>: with automatic setup and 'Use the Application for Tests', that is set for as long as you listen; otherwise paste it into your Telnyx application.";

/** The text that the editor shows beside the form, where the events will appear. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Press the button, then call your number',
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<br /><br /><b>When it is ready</b>, publish the workflow. With automatic setup that is all; otherwise paste the <b>production URL</b> into your Telnyx application. From then on, every matching event starts an execution, which you find in the list of executions.`,
		active: `${WHILE_BUILDING}<br /><br />This workflow is <b>published</b>: events that Telnyx sends to the <b>production URL</b> start executions, which you find in the list of executions, not in the editor.`,
	},
	activationHint:
		'A test takes one event. Publish the workflow, and every matching event starts an execution.',
};
