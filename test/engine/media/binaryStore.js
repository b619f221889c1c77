const { createHash } = require('node:crypto');
const {
	createReadStream,
	mkdtempSync,
	openSync,
	writeSync,
	ftruncateSync,
	closeSync,
	rmSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
/** The container of n8n-core itself: another copy of the package would know none of its services. */
const { Container } = require(require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] }));
const { BinaryDataService } = require('n8n-core');

const folder = mkdtempSync(path.join(tmpdir(), 'media-'));
const location = { type: /** @type {const} */ ('execution'), workflowId: 'test', executionId: '1' };
let lastFile = 0;

/** From now on n8n keeps files on disk, as a real host does. */
async function keepFilesOnDisk() {
	await Container.get(BinaryDataService).init();
}

/**
 * @param {string | Buffer | import('node:stream').Readable} content
 * @param {Partial<import('n8n-workflow').IBinaryData>} label
 */
async function storeFile(content, label) {
	const body = typeof content === 'string' ? Buffer.from(content) : content;
	const binary = { data: '', mimeType: 'application/octet-stream', ...label };
	return await Container.get(BinaryDataService).store(location, body, binary);
}

/**
 * A file that begins with the given bytes and is filled up with zeros.
 * @param {Buffer} head
 * @param {number} bytes
 * @param {Partial<import('n8n-workflow').IBinaryData>} label
 */
async function storeLargeFile(head, bytes, label) {
	const file = path.join(folder, String(++lastFile));
	const descriptor = openSync(file, 'w');
	writeSync(descriptor, head);
	ftruncateSync(descriptor, bytes);
	closeSync(descriptor);
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(file)) hash.update(chunk);
	const binary = await storeFile(createReadStream(file), label);
	return { binary, sha256: hash.digest('hex') };
}

/** @param {import('n8n-workflow').IBinaryData} binary */
async function loseFile(binary) {
	await Container.get(BinaryDataService).deleteManyByBinaryDataId([String(binary.id)]);
	rmSync(Container.get(BinaryDataService).getPath(String(binary.id)), { force: true });
}

/**
 * Runs a task and gives by how many bytes this process grew meanwhile, at most.
 * @param {() => Promise<unknown>} task
 */
async function growthDuring(task) {
	const before = process.memoryUsage().rss;
	let peak = before;
	const sampling = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage().rss);
	}, 5);
	try {
		await task();
	} finally {
		clearInterval(sampling);
	}
	return peak - before;
}

function removeFiles() {
	rmSync(folder, { recursive: true, force: true });
}

module.exports = {
	keepFilesOnDisk,
	storeFile,
	storeLargeFile,
	loseFile,
	growthDuring,
	removeFiles,
};
