/** A notice of several lines. The editor shows `ul` and `a` in notices, and no other tags. */
export const noticeLines = (...texts: string[]) =>
	`<ul>${texts.map((text) => `<li>${text}</li>`).join('')}</ul>`;
