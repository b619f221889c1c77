import { sleep } from 'n8n-workflow';

import type { Sandbox } from '../support/sandboxTypes';

export interface Answer<Body = GmiRecord> {
	status: number;
	headers: Headers;
	text: string;
	body: Body;
}

export interface GmiRecord {
	request_id: string;
	status: string;
	created_at: number;
	updated_at: number;
	outcome: Record<string, unknown> | null;
	[field: string]: unknown;
}

interface Page {
	requests: GmiRecord[];
	total?: number;
	has_more?: boolean;
}

/** Plain calls to a sandbox, with nothing of the package in between. */
export class Calls {
	constructor(
		private readonly sandbox: Sandbox,
		private readonly key = sandbox.key,
	) {}

	async call<Body = GmiRecord>(
		method: string,
		path: string,
		body?: unknown,
		init: RequestInit = {},
	): Promise<Answer<Body>> {
		const response = await fetch(this.sandbox.api + path, {
			method,
			headers: { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
			...init,
		});
		const text = await response.text();
		const json = response.headers.get('content-type')?.includes('json') && text !== '';
		return {
			status: response.status,
			headers: response.headers,
			text,
			body: (json ? parsed(text) : undefined) as Body,
		};
	}

	async get<Body = GmiRecord>(path: string) {
		return await this.call<Body>('GET', path);
	}

	async submit(model: string, payload: unknown = { prompt: 'A paper boat on a lake' }) {
		return await this.call('POST', '/requests', { model, payload });
	}

	async list(query = '') {
		return (await this.get<Page>(`/requests${query}`)).body;
	}

	/** The record once it has come to an end. */
	async finished(id: string): Promise<GmiRecord> {
		for (;;) {
			const { body } = await this.get(`/requests/${id}`);
			if (['success', 'failed', 'cancelled'].includes(body.status)) return body;
			await sleep(10);
		}
	}

	async run(model: string, payload?: unknown): Promise<GmiRecord> {
		const { body } = await this.submit(model, payload);
		return await this.finished(body.request_id);
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export async function bytesAt(url: string): Promise<Buffer> {
	return Buffer.from(await (await fetch(url)).arrayBuffer());
}

/** What a call came to: its status, or the code of the connection error. */
export async function endOf(call: Promise<{ status: number }>): Promise<number | string> {
	try {
		return (await call).status;
	} catch (error) {
		const { cause, name } = error as Error & { cause?: { code?: string } };
		return cause?.code ?? name;
	}
}
