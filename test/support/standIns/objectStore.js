const { mkdtemp, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');

// @ts-expect-error s3rver has no types
const S3rver = require('s3rver');

/** The keys s3rver knows; it checks the signature of every signed call with them. */
const KEYS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/**
 * An S3 service with one empty bucket that anyone may read.
 *
 * @param {string} bucket
 */
async function startObjectStore(bucket) {
	const directory = await mkdtemp(path.join(tmpdir(), 's3-'));
	const store = new S3rver({
		...{ address: '127.0.0.1', port: 0, silent: true, directory },
		configureBuckets: [{ name: bucket, configs: [] }],
	});
	const { port } = await store.run();
	const endpoint = `http://127.0.0.1:${port}`;

	return {
		credential: { endpoint, region: 'us-east-1', ...KEYS, forcePathStyle: true },

		/**
		 * An object as a browser gets it.
		 *
		 * @param {string} key
		 */
		async read(key) {
			const response = await fetch(`${endpoint}/${bucket}/${key}`);
			if (!response.ok) throw new Error(`No object ${key}: ${response.status}`);
			const type = response.headers.get('content-type');
			return { bytes: Buffer.from(await response.arrayBuffer()), type };
		},

		async keys() {
			const response = await fetch(`${endpoint}/${bucket}`);
			return [...(await response.text()).matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key);
		},

		async close() {
			await store.close();
			await rm(directory, { recursive: true });
		},
	};
}

module.exports = { startObjectStore };
