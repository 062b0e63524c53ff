/**
 * How long things take where Telnyx' documentation and the request say nothing, in milliseconds.
 */
export type Timings = typeof humanTimings;

/** As a person would like to watch it. */
export const humanTimings = {
	/** Between being initiated and ringing at the far end. */
	ringMs: 600,
	speakMsPerCharacter: 55,
	playbackMs: 4000,
	/** A pause `w` in DTMF digits; `W` is twice as long. */
	pauseMs: 500,
	bridgeMs: 300,
	siprecMs: 500,
	streamMs: 300,
	referMs: 900,
	/** From the end of a recording to its file. */
	recordingMs: 1200,
	machineDetectionMs: 2000,
	machineGreetingMs: 3000,
	insightsMs: 800,
	/** Between what happens and the webhook about it. */
	webhookLatencyMs: 0,
	/** Telnyx' limit for an answer to a webhook. */
	webhookTimeoutMs: 2000,
	/** Waits before the second, third and fourth attempt. */
	webhookRetriesMs: [1000, 2000, 4000],
	/** How long an event waits for another to swap places with, when disorder is asked for. */
	reorderMs: 400,
};

/** As fast as possible without turning the order of events around. */
export const quickTimings = {
	...humanTimings,
	ringMs: 1,
	speakMsPerCharacter: 0.1,
	playbackMs: 5,
	pauseMs: 1,
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
