// A local S3 with one empty bucket, as a process of its own: `node s3Server.js <folder> <bucket>`.
// @ts-expect-error it brings no types
const S3rver = require('s3rver');

const [, , directory, bucket] = process.argv;
const server = new S3rver({
	address: '127.0.0.1',
	port: 0,
	directory,
	silent: true,
	configureBuckets: [{ name: bucket }],
});
server.run().then((/** @type {{ port: number }} */ { port }) => process.send?.({ port }));
process.on('disconnect', () => process.exit());
