/**
 * How long things take where neither Telnyx's documentation nor the request says, in milliseconds.
 */
export type Timings = typeof humanTimings;

/** At a pace that a person can follow. */
export const humanTimings = {
	/** From initiated to ringing at the far end. */
	ringMs: 600,
	speakMsPerCharacter: 55,
	playbackMs: 4000,
	/** A pause `w` in DTMF digits; `W` is twice as long. */
	pauseMs: 500,
	/** From a question until somebody presses keys by habit. */
	reactionMs: 800,
	bridgeMs: 300,
	siprecMs: 500,
	streamMs: 300,
	referMs: 900,
	/** From the end of a recording until its file is ready. */
	recordingMs: 1200,
	machineDetectionMs: 2000,
	machineGreetingMs: 3000,
	insightsMs: 800,
	/** Between an event and its webhook. */
	webhookLatencyMs: 0,
	/** How long Telnyx waits for a response to a webhook. */
	webhookTimeoutMs: 2000,
	/** Delays before the second, third and fourth attempt. */
	webhookRetriesMs: [1000, 2000, 4000],
	/** How long an event waits for another one to swap places with, if reordering is on. */
	reorderMs: 400,
};

/** As fast as possible without changing the order of events. */
export const quickTimings = {
	...humanTimings,
	ringMs: 1,
	speakMsPerCharacter: 0.1,
	playbackMs: 5,
	pauseMs: 1,
	reactionMs: 1,
	bridgeMs: 1,
	siprecMs: 1,
	streamMs: 1,
	referMs: 1,
	recordingMs: 1,
	machineDetectionMs: 2,
	machineGreetingMs: 2,
	insightsMs: 1,
	webhookRetriesMs: [1, 1, 1],
	reorderMs: 20,
};
