import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account } from '../accounts.mjs';
import type { WireEntry } from './log.mjs';

export type Endpoint =
	| 'models'
	| 'model'
	| 'submit'
	| 'get'
	| 'list'
	| 'upload-url'
	| 'put'
	| 'artifact'
	| 'public-models'
	| 'other';

/** One call, from its head to its reply. */
export interface Exchange {
	request: IncomingMessage;
	response: ServerResponse;
	url: URL;
	endpoint: Endpoint;
	/** The id in the path, when the endpoint has one. */
	id: string;
	/** Text of the body; empty for uploads, which are never held in memory. */
	text: string;
	/** The body as JSON, when it is JSON. */
	json?: unknown;
	account?: Account;
	/** The model in the path, the query, the body or of the request asked for. */
	model?: string;
	entry: WireEntry;
}
