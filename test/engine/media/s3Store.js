const { fork } = require('node:child_process');
const { createHash } = require('node:crypto');
const { mkdtempSync, rmSync } = require('node:fs');
const { request } = require('node:http');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { Readable } = require('node:stream');
const { pipeline } = require('node:stream/promises');
/** The container of n8n-core itself: another copy of the package would know none of its services. */
const { Container } = require(require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] }));
const {
	BinaryDataBlobManager,
	BinaryDataConfig,
	BinaryDataService,
	ErrorReporter,
} = require('n8n-core');
/** n8n's own client and store, of the release that n8n-core uses. */
const blobStorage = require.resolve('@n8n/blob-storage', { paths: [require.resolve('n8n-core')] });
const { S3ByteStore } = require(blobStorage);
const { ObjectStoreService } = require(path.join(path.dirname(blobStorage), 'object-store'));

const BUCKET = 'videos';
const quiet = () => {};
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/**
 * @typedef {object} LocalS3
 * @property {(head: Buffer, bytes: number) => Promise<{ binary: IBinaryData, sha256: string }>} putLargeFile
 *   stores a video that begins so and is filled up with zeros, without n8n and without holding it
 * @property {() => Promise<void>} stop
 *
 * @typedef {import('n8n-workflow').IBinaryData} IBinaryData
 */

/**
 * From now on n8n keeps files in a local S3, set up as n8n does it where its licence allows it.
 *
 * @returns {Promise<LocalS3>}
 */
async function keepFilesInS3() {
	const folder = mkdtempSync(path.join(tmpdir(), 's3-'));
	const server = fork(path.join(__dirname, 's3Server.js'), [folder, BUCKET], { execArgv: [] });
	const port = await new Promise((resolve, reject) => {
		server.once('message', (/** @type {{ port: number }} */ message) => resolve(message.port));
		server.once('exit', (code) => reject(new Error(`The local S3 ended with code ${code}`)));
	});
	const objectStore = new ObjectStoreService(logger, {
		host: `127.0.0.1:${port}`,
		protocol: 'http',
		forcePathStyle: true,
		maxAttempts: 3,
		startupTimeoutMs: 10_000,
		bucket: { name: BUCKET, region: 'us-east-1' },
		credentials: { accessKey: 'S3RVER', accessSecret: 'S3RVER', authAutoDetect: false },
	});
	await objectStore.init();

	const service = Container.get(BinaryDataService);
	Container.get(BinaryDataConfig).mode = 's3';
	const reporter = Container.get(ErrorReporter);
	service.setManager('s3', new BinaryDataBlobManager(new S3ByteStore(objectStore), reporter));
	await service.init();

	return {
		async putLargeFile(head, bytes) {
			const key = 'workflows/test/executions/1/binary_data/large';
			const hash = createHash('sha256');
			const content = Readable.from(filledUp(head, bytes));
			content.on('data', (chunk) => hash.update(chunk));
			const headers = { 'Content-Length': bytes, 'Content-Type': 'video/mp4' };
			const put = request({ port, method: 'PUT', path: `/${BUCKET}/${key}`, headers });
			const answered = new Promise((resolve) => put.once('response', resolve));
			await pipeline(content, put);
			(await answered).resume();
			const binary = { id: `s3:${key}`, data: 's3', mimeType: 'video/mp4', fileName: 'large.mp4' };
			return { binary, sha256: hash.digest('hex') };
		},
		async stop() {
			server.removeAllListeners('exit');
			const ended = new Promise((resolve) => server.once('exit', resolve));
			server.disconnect();
			await ended;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/**
 * @param {Buffer} head
 * @param {number} bytes
 */
function* filledUp(head, bytes) {
	yield head;
	const zeros = Buffer.alloc(1024 * 1024);
	for (let left = bytes - head.length; left > 0; left -= zeros.length) {
		yield left < zeros.length ? zeros.subarray(0, left) : zeros;
	}
}

/**
 * The bytes of a file as n8n hands them to a browser.
 *
 * @param {IBinaryData} file
 * @returns {Promise<import('node:stream').Readable>}
 */
async function streamOf(file) {
	return await Container.get(BinaryDataService).getAsStream(String(file.id));
}

module.exports = { keepFilesInS3, streamOf };
