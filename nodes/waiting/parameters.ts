/** The node's own parameters about waiting. */
export const WAIT = 'wait_for_outcome';
export const TIMEOUT = 'wait_timeout_secs';
export const STOP_ON_KEY = 'stop_on_key';
export const ON_FAILURE = 'on_failure';
export const ON_CALL_END = 'on_call_end';

/** What the node does when the wait does not end in success. */
export const FAIL = 'error';
export const CONTINUE = 'continue';
/** Each outcome has an output of its own. */
export const OUTPUTS = 'outputs';
/** No further node of this branch runs. */
export const CALL_ENDS = 'stop';
