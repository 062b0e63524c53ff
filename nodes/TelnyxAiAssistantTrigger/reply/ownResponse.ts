import type { IWebhookFunctions } from 'n8n-workflow';

import { pause } from '../../shared/pause';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** What n8n was about to respond, after the workflow or because of its failure. */
export interface WorkflowReply {
	readonly status: number;
	readonly body: string;
}

/**
 * The response to a request, taken out of n8n's hands: what n8n would have responded goes to `onReply`,
 * which decides what is sent in its place. Whatever n8n responds after something was sent is dropped.
 */
export class OwnResponse {
	private readonly chunks: Buffer[] = [];
	private readonly setHeader: Response['setHeader'];
	private readonly writeRaw: (text: string) => boolean;
	private readonly endRaw: (body?: string | Buffer) => void;
	private readonly isOver = new AbortController();
	/** From when on the silence counts, in milliseconds since 1970. */
	private silentSince = Date.now();
	private mayRest = false;

	constructor(
		private readonly response: Response,
		private readonly onReply: (reply: WorkflowReply) => void,
	) {
		this.setHeader = response.setHeader.bind(response);
		this.writeRaw = response.write.bind(response);
		this.endRaw = response.end.bind(response);
		response.once('close', () => this.isOver.abort());
		this.keepFromN8n();
	}

	/** Whether the response has begun, or nobody waits for it any more. */
	get hasBegun(): boolean {
		return this.response.headersSent || this.isOver.signal.aborted;
	}

	/** Calls back once nothing has been sent for so long, unless the response is over. */
	unlessWithin(ms: number, callback: () => void): void {
		void this.silence(ms).then(callback, () => {});
	}

	/** Silence is all right until the next piece is sent or expected. */
	rest(): void {
		this.mayRest = true;
	}

	/** The next piece is expected, and the silence counts from now on. */
	expect(): void {
		this.mayRest = false;
		this.silentSince = Date.now();
	}

	/** Sends what n8n was about to send. */
	pass({ status }: WorkflowReply): void {
		this.end(status, Buffer.concat(this.chunks));
	}

	/** Sends JSON. */
	json(status: number, body: unknown): void {
		this.setHeaders({ 'Content-Type': 'application/json; charset=utf-8' });
		this.end(status, Buffer.from(JSON.stringify(body)));
	}

	/** Sends a piece of a response that goes on. `headers` are those of the first one. */
	write(headers: Record<string, string>, text: string): void {
		if (this.isOver.signal.aborted) return;
		if (!this.response.headersSent) {
			this.setHeaders(headers);
			this.response.removeHeader('ETag');
			this.response.removeHeader('Content-Length');
			this.response.statusCode = 200;
		}
		this.writeRaw(text);
		this.expect();
	}

	/** Ends a response that was written in pieces. */
	close(): void {
		if (this.isOver.signal.aborted) return;
		this.isOver.abort();
		this.endRaw();
	}

	/** @throws CanceledError if the response is over before */
	private async silence(ms: number): Promise<void> {
		for (;;) {
			const left = this.silentSince + ms - Date.now();
			if (left <= 0 && !this.mayRest) return;
			await pause(left > 0 ? left : ms, this.isOver.signal);
		}
	}

	private end(status: number, body: Buffer): void {
		if (this.hasBegun) return;
		this.response.removeHeader('ETag');
		this.setHeaders({ 'Content-Length': String(body.length) });
		this.response.statusCode = status;
		this.isOver.abort();
		this.endRaw(body);
	}

	private setHeaders(headers: Record<string, string>): void {
		if (this.hasBegun) return;
		for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
	}

	private keepFromN8n(): void {
		const { response } = this;
		let hasReplied = false;
		const keep = (chunk: unknown) => {
			if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) this.chunks.push(Buffer.from(chunk));
		};
		response.write = (chunk: unknown) => {
			keep(chunk);
			return true;
		};
		response.end = (chunk?: unknown) => {
			if (hasReplied) return response;
			hasReplied = true;
			keep(chunk);
			const body = Buffer.concat(this.chunks).toString('utf8');
			this.onReply({ status: response.statusCode, body });
			return response;
		};
		// Express sets headers before it ends a response, which throws once they are sent.
		for (const name of ['setHeader', 'appendHeader', 'removeHeader'] as const) {
			const original = response[name].bind(response) as (...args: unknown[]) => unknown;
			const unlessSent = (...args: unknown[]) =>
				response.headersSent ? response : original(...args);
			Object.assign(response, { [name]: unlessSent });
		}
	}
}
