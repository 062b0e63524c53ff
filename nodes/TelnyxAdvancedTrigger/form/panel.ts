import type { TriggerPanelDefinition } from 'n8n-workflow';

const WHILE_BUILDING =
	"<b>While you build the workflow</b>, press the button above, then make a call. The first chosen event appears here. It comes to the <b>test URL</b>: with automatic setup and 'Use the Application for Tests' Telnyx is told so for as long as you listen, otherwise paste it into your Telnyx application.";

/** What the editor says beside the form, where the events will appear. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive Telnyx events',
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<br /><br /><b>When it is ready</b>, publish the workflow. With automatic setup that is all; otherwise put the <b>production URL</b> into your Telnyx application. From then on every chosen event starts an execution, which you find in the list of executions.`,
		active: `${WHILE_BUILDING}<br /><br />This workflow is <b>published</b>: events that Telnyx sends to the <b>production URL</b> start executions, which you find in the list of executions, not in the editor.`,
	},
	activationHint:
		'Publish the workflow, and every chosen event starts an execution. With manual setup, put the production URL into your Telnyx application first.',
};
