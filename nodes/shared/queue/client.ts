import { createHash } from 'crypto';
import { NodeOperationError, type IDataObject } from 'n8n-workflow';

import { GmiFault } from './fault';
import { callGmi, CREDENTIAL, type GmiContext } from './http';
import { readPage, readRecord } from './records';
import type { GmiQueue, RequestRecord } from './types';

const QUEUE_PATH = '/api/v1/ie/requestqueue/apikey';

/**
 * Synchronous models answer a submit only when they are done; two minutes are usual for the slowest seen.
 * A call given up here is not lost: the request list is asked for it.
 */
const SUBMIT_TIMEOUT_MS = 300_000;

const READ_TIMEOUT_MS = 30_000;

/**
 * GMI's queue for the credential of a node.
 *
 * @throws NodeOperationError when the credential's Base URL is no https address, or its texts cannot be sent
 */
export async function gmiQueue(context: GmiContext): Promise<GmiQueue> {
	const credentials = await context.getCredentials(CREDENTIAL);
	const apiKey = String(credentials.apiKey ?? '');
	expectSendable(context, 'API Key', apiKey);
	expectSendable(context, 'Organization ID', String(credentials.organizationId ?? ''));
	const base = readBaseUrl(context, String(credentials.baseUrl ?? '')) + QUEUE_PATH;
	let clockOffsetMs = 0;

	async function call(
		method: 'GET' | 'POST',
		path: string,
		extra: { qs?: IDataObject; body?: IDataObject; timeoutMs?: number } = {},
	): Promise<unknown> {
		const { timeoutMs = READ_TIMEOUT_MS, ...rest } = extra;
		const onHeaders = ({ date }: Record<string, unknown>) => {
			const serverDate = Date.parse(String(date));
			if (!Number.isNaN(serverDate)) clockOffsetMs = serverDate - Date.now();
		};
		const request = { method, url: base + path, timeoutMs, onHeaders, ...rest };
		return await callGmi(context, request, [apiKey]);
	}

	return {
		account: createHash('sha256')
			.update(JSON.stringify([base, apiKey, credentials.organizationId ?? '']))
			.digest('hex'),

		now: () => Date.now() + clockOffsetMs,

		async listModels() {
			const { model_ids } = (await call('GET', '/models')) as { model_ids?: unknown };
			if (!Array.isArray(model_ids)) return unreadable('the reply holds no list of models');
			return model_ids.filter((id): id is string => typeof id === 'string' && id.trim() !== '');
		},

		async getModel(id) {
			return (await call('GET', `/models/${encodeURIComponent(id)}`)) as IDataObject;
		},

		async submit(model, payload) {
			const body = { model, payload };
			const reply = await call('POST', '/requests', { body, timeoutMs: SUBMIT_TIMEOUT_MS });
			return expectRecord(reply, model);
		},

		async getRequest(id) {
			return expectRecord(await call('GET', `/requests/${encodeURIComponent(id)}`));
		},

		async listRequests(query) {
			const { model, limit, offset } = query;
			const qs = { ...(model === undefined ? {} : { model_id: model }), limit, offset };
			const page = readPage(await call('GET', '/requests', { qs }), query);
			return page ?? unreadable('the reply holds no list of requests');
		},

		async createUpload(extension) {
			const body = { file_type: extension };
			const { upload_url, public_url } = (await call('POST', '/upload-url', { body })) as {
				upload_url?: unknown;
				public_url?: unknown;
			};
			if (typeof upload_url !== 'string' || typeof public_url !== 'string') {
				return unreadable('the reply holds no upload address');
			}
			return { uploadUrl: upload_url, publicUrl: public_url };
		},
	};
}

/** Found out here, as a call that fails for want of a header looks like one whose answer got lost. */
function expectSendable(context: GmiContext, field: string, text: string): void {
	if (/^[\x20-\x7e]*$/.test(text)) return;
	throw new NodeOperationError(
		context.getNode(),
		`The ${field} of the GMI Cloud credential holds a character that cannot be sent, such as a line break`,
		{ description: `Open the GMI Cloud API credential and copy the ${field} again.` },
	);
}

/** The address the key is sent to: https, or plain http on this computer only. */
function readBaseUrl(context: GmiContext, text: string): string {
	const trimmed = text.trim().replace(/\/+$/, '');
	const refuse = (message: string): never => {
		throw new NodeOperationError(context.getNode(), message, {
			description:
				'Open the GMI Cloud API credential and set Base URL to https://console.gmicloud.ai',
		});
	};
	let url: URL;
	try {
		url = new URL(trimmed);
	} catch {
		return refuse('The Base URL of the GMI Cloud credential is not a web address');
	}
	const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
	if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) {
		return refuse('The Base URL of the GMI Cloud credential must begin with https://');
	}
	if (url.username !== '' || url.search !== '' || url.hash !== '') {
		return refuse('The Base URL of the GMI Cloud credential must be a plain address');
	}
	return trimmed;
}

function expectRecord(body: unknown, model?: string): RequestRecord {
	return readRecord(body, model) ?? unreadable('the reply holds no request ID');
}

function unreadable(providerText: string): never {
	throw new GmiFault({ kind: 'unreadable', status: 200, providerText });
}
