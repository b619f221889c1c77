import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../sandbox.mjs';
import { contentTypes, isUploadType, signedUploadUrl } from '../storage/signature.mjs';
import type { Exchange } from '../wire/exchange.mjs';
import { error, json, type Reply } from '../wire/reply.mjs';

export function uploadUrl({ json: body, account }: Exchange, sandbox: Sandbox): Reply {
	const type = (body as { file_type?: unknown } | null | undefined)?.file_type;
	if (typeof type !== 'string' || type === '') return error(400, 'file_type is required');
	if (!isUploadType(type)) return error(400, `unsupported file_type: ${type}`);
	const path = `/gmi-video-assests-prod/user-assests/${account?.organization}/uploads/${randomUUID()}.${type}`;
	const contentType = type === 'mp3' ? sandbox.settings.mp3ContentType : contentTypes[type];
	const { storageUrl, settings } = sandbox;
	return json(200, {
		upload_url: signedUploadUrl(storageUrl, path, contentType, settings.uploadTtlSeconds),
		public_url: storageUrl + path,
	});
}
