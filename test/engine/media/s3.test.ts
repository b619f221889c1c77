import { createHash } from 'crypto';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { generate, prompts, runGmiVideo } from '../../support/generate';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { mp4 } from '../../support/mediaFiles';
import { growthDuring } from './binaryStore';
import { keepFilesInS3, streamOf } from './s3Store';

const MIB = 1024 * 1024;
const LARGE = 200 * MIB;
const QUICK = { parameters: { options: { pollInterval: 0.2 } } };

let sandbox: Sandbox;
let s3: Awaited<ReturnType<typeof keepFilesInS3>>;

beforeAll(async () => {
	s3 = await keepFilesInS3();
	sandbox = await startSandbox({ durationMs: 200, looks: 3 });
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => {
	await sandbox.stop();
	await s3.stop();
});

async function digest(chunks: AsyncIterable<Uint8Array>): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of chunks) hash.update(chunk);
	return hash.digest('hex');
}

const stored = async (file: IBinaryData) => await digest(await streamOf(file));

/** What GMI's storage has for an item. */
async function original({ json }: INodeExecutionData): Promise<string> {
	const [{ url }] = json.artifacts as IDataObject[];
	const { body } = await fetch(String(url));
	return await digest(body as unknown as AsyncIterable<Uint8Array>);
}

async function upload(files: IBinaryData[]) {
	return await runGmiVideo(sandbox, {
		input: files.map((data) => ({ json: {}, binary: { data } })),
		parameters: { resource: 'file', operation: 'upload', binaryPropertyName: 'data' },
	});
}

describe('with n8n keeping files in S3', () => {
	it('puts each video there, whole and labelled', async () => {
		const { items } = await generate(sandbox, prompts(3), QUICK);

		expect(items).toHaveLength(3);
		for (const item of items) {
			const file = item.binary!.data;
			expect(file).toMatchObject({ mimeType: 'video/mp4', id: expect.stringMatching(/^s3:/) });
			expect(await stored(file)).toBe(await original(item));
		}
	});

	it('uploads files from there', async () => {
		const { items } = await generate(sandbox, prompts(3), QUICK);
		const files = items.map(({ binary }) => binary!.data);
		const uploaded = await upload(files);

		expect(uploaded.items).toHaveLength(3);
		const sums = (await sandbox.uploads()).map(({ sha256 }) => sha256);
		// Equal videos share one upload.
		expect(new Set(sums)).toEqual(new Set(await Promise.all(files.map(stored))));
	});

	it('streams what it uploads, and keeps a large video whole', async () => {
		await upload([(await s3.putLargeFile(mp4(), MIB)).binary]);
		const large = await s3.putLargeFile(mp4(), LARGE);
		const growth = await growthDuring(async () => await upload([large.binary]));
		expect((await sandbox.uploads()).at(-1)).toMatchObject({ bytes: LARGE, sha256: large.sha256 });
		// Held whole it would take all of the file, and a copy; what is streamed waits for the collector.
		expect(growth).toBeLessThan(0.75 * LARGE);

		// n8n itself holds a file whole while it puts it into S3, so memory is not looked at here.
		await sandbox.configure({ artifactBytes: LARGE });
		const { items } = await generate(sandbox, prompts(1), QUICK);
		expect(items[0].binary!.data.bytes).toBe(LARGE);
		expect(await stored(items[0].binary!.data)).toBe(await original(items[0]));
	}, 120_000);
});
