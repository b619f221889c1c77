import type { Sandbox } from '../sandbox.mjs';
import type { Exchange } from '../wire/exchange.mjs';
import { xml, type Reply } from '../wire/reply.mjs';
import { getArtifact } from './artifacts.mjs';
import { checkSignature } from './signature.mjs';

export const expiredUpload = () =>
	xml(400, 'ExpiredToken', 'The provided token has expired. Request signature expired.');

async function put({ request, url }: Exchange, sandbox: Sandbox): Promise<Reply> {
	const { headers } = request;
	const contentType = headers['content-type'];
	const chunked = headers['content-length'] === undefined;
	if (contentType === undefined) {
		return xml(
			400,
			'MalformedSecurityHeader',
			'Your request has a malformed header: content-type.',
		);
	}
	const verdict = checkSignature(url, headers.host ?? '', contentType);
	if (verdict === 'unsigned') return xml(403, 'AccessDenied', 'Access denied.');
	if (verdict === 'expired') return expiredUpload();
	if (verdict === 'mismatch') {
		return xml(
			403,
			'SignatureDoesNotMatch',
			'The request signature we calculated does not match the signature you provided.',
		);
	}
	if (chunked && sandbox.settings.chunkedUpload === 'refuse') {
		return xml(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
	}
	await sandbox.uploads.store(decodeURIComponent(url.pathname), contentType, chunked, request);
	return { status: 200 };
}

export async function answerStorage(exchange: Exchange, sandbox: Sandbox): Promise<Reply> {
	if (exchange.endpoint === 'put') return await put(exchange, sandbox);
	if (exchange.endpoint === 'artifact') return await getArtifact(exchange, sandbox);
	return xml(405, 'MethodNotAllowed', 'The specified method is not allowed.');
}
