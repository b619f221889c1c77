import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IDataObject,
} from 'n8n-workflow';

import { BodyError, readBody } from './readBody';
import { faultOfReply, faultOfSilence, type WireReply } from './classify';
import { GmiFault } from './fault';
import { withoutKeys } from './providerText';

export type GmiContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export const CREDENTIAL = 'gmiCloudApi';

export interface GmiCall {
	method: IHttpRequestMethods;
	url: string;
	qs?: IDataObject;
	body?: IDataObject;
	/** Time limit in milliseconds, for the headers and again for the body. */
	timeoutMs: number;
	/** Told the reply's headers as soon as they are in, whatever becomes of the body. */
	onHeaders?: (headers: Record<string, unknown>) => void;
}

/**
 * Sends one call with the credential and gives the JSON that came back.
 *
 * @throws GmiFault for everything else: refusal, silence, an unreadable body, a redirect
 */
export async function callGmi(
	context: GmiContext,
	call: GmiCall,
	secrets: string[],
): Promise<unknown> {
	const reply = await send(context, call, secrets);
	const { status, body } = reply;
	if (status >= 200 && status < 300 && typeof body === 'object' && body !== null) return body;
	throw faultOfReply(reply, secrets);
}

async function send(context: GmiContext, call: GmiCall, secrets: string[]): Promise<WireReply> {
	const { timeoutMs, onHeaders, ...request } = call;
	const options: IHttpRequestOptions = {
		...request,
		json: true,
		timeout: timeoutMs,
		// A stream, so that a huge reply is cut off before it fills memory, and never a redirect,
		// so that the key cannot be carried to another host.
		encoding: 'stream',
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	};
	let response: { statusCode: number; headers: Record<string, unknown>; body: unknown };
	try {
		response = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			options,
		);
	} catch (error) {
		throw faultOfSilence(error);
	}

	const status = response.statusCode;
	const headers = response.headers ?? {};
	onHeaders?.(headers);
	try {
		const text = withoutKeys(await readBody(response.body, timeoutMs), secrets);
		return { status, headers, body: parse(text) };
	} catch (error) {
		throw faultOfBrokenBody(error, status, headers);
	}
}

/** JSON where it is JSON; anything else stays text and is then told apart by its words. */
function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** A refusal stays a refusal when its body breaks off; a 2xx is unreadable, which proves nothing. */
function faultOfBrokenBody(
	error: unknown,
	status: number,
	headers: Record<string, unknown>,
): GmiFault {
	const text = error instanceof BodyError ? error.message : 'the reply could not be read';
	if (status >= 300) return faultOfReply({ status, headers, body: { error: text } }, []);
	const isTooLarge = error instanceof BodyError && error.reason === 'tooLarge';
	const kind = isTooLarge ? 'unreadable' : 'noReply';
	return new GmiFault({ kind, status, providerText: text, isTooLarge });
}
