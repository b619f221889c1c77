import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { expiredArtifact } from '../storage/artifacts.mjs';
import { expiredUpload } from '../storage/handlers.mjs';
import { xml, type Reply } from '../wire/reply.mjs';
import type { Fault, FaultTable } from './types.mjs';

const hundredMegabytes = 100 * 1024 * 1024;
const filler = Buffer.alloc(64 * 1024, 'x');
const head = Buffer.from('{"request_id":"');
const tail = Buffer.from('"}');

/** One JSON object of a given length. */
function* longObject(length: number): Generator<Buffer> {
	yield head;
	for (let left = length - head.length - tail.length; left > 0; left -= filler.length) {
		yield filler.subarray(0, Math.min(left, filler.length));
	}
	yield tail;
}

function textOf(reply: Reply | undefined): string {
	return typeof reply?.body === 'string' ? reply.body : '{}';
}

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

/** A 200 whose body is not what it should be; the call was carried out. */
function body(about: string, change: (usual: string) => string): Fault {
	return {
		about,
		accepted: true,
		reply: ({ usual }) => ({ status: 200, headers: jsonHeaders, body: change(textOf(usual)) }),
	};
}

function withoutId(text: string): string {
	const record = JSON.parse(text) as Record<string, unknown>;
	delete record.request_id;
	return JSON.stringify(record);
}

export const bodyFaults: FaultTable = {
	'malformed-json': body('200 with JSON that breaks off', (text) => text.slice(0, text.length / 2)),
	'empty-body': body('200 with nothing in it', () => ''),
	'json-array': body('200 with a list where an object should be', (text) => `[${text}]`),
	'json-null': body('200 with null', () => 'null'),
	'no-request-id': body('a record without its request_id', withoutId),
	'huge-json': {
		about: '200 with 100 MB of JSON (bytes)',
		accepted: true,
		reply: ({ spec }) => {
			const length = spec.bytes ?? hundredMegabytes;
			return {
				status: 200,
				headers: jsonHeaders,
				body: { length, chunks: () => longObject(length) },
			};
		},
	},
	'gzip-bomb': {
		about: '200 with a few KB of gzip that unpack to 100 MB of JSON (bytes)',
		accepted: true,
		reply: ({ spec }) => ({
			status: 200,
			headers: { ...jsonHeaders, 'content-encoding': 'gzip' },
			body: Readable.from(longObject(spec.bytes ?? hundredMegabytes)).pipe(createGzip()),
		}),
	},
	'expired-artifact': {
		about: '403 XML, the address of an artifact has expired',
		accepted: false,
		reply: expiredArtifact,
	},
	'missing-artifact': {
		about: '404 XML, the artifact is gone',
		accepted: false,
		reply: () => xml(404, 'NoSuchKey', 'The specified key does not exist.'),
	},
	'expired-upload': {
		about: '400 XML, the signed upload address has expired',
		accepted: false,
		reply: expiredUpload,
	},
	'storage-503': {
		about: '503 XML, the storage host is overloaded',
		accepted: false,
		reply: () => xml(503, 'ServiceUnavailable', 'Please try again.'),
	},
};
