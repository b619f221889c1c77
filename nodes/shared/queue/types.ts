import type { IDataObject } from 'n8n-workflow';

/**
 * One request as GMI's queue reports it. Times are unix seconds. A create reply holds only the first
 * six fields; details add the rest. `outcome` is null until the request has ended, and `payload` is
 * GMI's echo of what was sent: it may be complete, trimmed or `{}`.
 */
export interface RequestRecord extends IDataObject {
	request_id: string;
	model: string;
	status: string;
	created_at?: number;
	updated_at?: number;
	queued_at?: number;
	payload?: IDataObject;
	outcome?: IDataObject | null;
}

/** One page of a request list. `hasMore` is false once the service says so or a page comes short. */
export interface RequestPage {
	records: RequestRecord[];
	hasMore: boolean;
}

/** Where to PUT a file, and the address under which GMI's models then read it. */
export interface UploadTarget {
	uploadUrl: string;
	publicUrl: string;
}

/** A model's details exactly as GMI sends them; `readModel` turns them into something to work with. */
export type ModelDetail = IDataObject;

/**
 * GMI's request queue, one call per endpoint. Every method sends exactly one HTTP request, never
 * retries, and throws a `GmiFault` that says what kind of answer (or silence) came back.
 */
export interface GmiQueue {
	/** Names the account behind the credential, for caches. Made from a hash: it reveals nothing of the key. */
	readonly account: string;
	/** GMI's clock in milliseconds, as far as its last reply told. */
	now(): number;
	/** All model ids the key sees, verbatim: every modality, in GMI's order. */
	listModels(): Promise<string[]>;
	getModel(id: string): Promise<ModelDetail>;
	/** Starts a paid request. Models of the synchronous kind answer only when they are done. */
	submit(model: string, payload: IDataObject): Promise<RequestRecord>;
	getRequest(id: string): Promise<RequestRecord>;
	/** Requests of one model, or of all models when `model` is left out. */
	listRequests(query: { model?: string; limit: number; offset: number }): Promise<RequestPage>;
	/** Asks for a signed upload address for a file with this extension ("png", "mp4", …). */
	createUpload(extension: string): Promise<UploadTarget>;
}
