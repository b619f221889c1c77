import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Upload {
	path: string;
	contentType: string;
	bytes: number;
	sha256: string;
	time: number;
	/** Whether the length was announced or the body came in chunks. */
	chunked: boolean;
}

interface Stored extends Upload {
	file: string;
}

/** Uploaded files, kept on disk so that large ones cost no memory. */
export class Uploads {
	private readonly stored = new Map<string, Stored>();
	private folder?: string;
	private lastFile = 0;

	constructor() {
		// However the process ends, its uploads go with it.
		process.once('exit', () => this.clear());
	}

	/** @throws when the body ends before it is complete; nothing is kept then. */
	async store(
		place: string,
		contentType: string,
		chunked: boolean,
		body: Readable,
	): Promise<Upload> {
		this.folder ??= mkdtempSync(path.join(tmpdir(), 'gmi-sandbox-'));
		const file = path.join(this.folder, String(++this.lastFile));
		const hash = createHash('sha256');
		let bytes = 0;
		await pipeline(
			body,
			async function* (source: AsyncIterable<Buffer>) {
				for await (const chunk of source) {
					hash.update(chunk);
					bytes += chunk.length;
					yield chunk;
				}
			},
			createWriteStream(file),
		);
		const upload = {
			path: place,
			contentType,
			bytes,
			sha256: hash.digest('hex'),
			time: Date.now(),
			chunked,
			file,
		};
		this.stored.set(place, upload);
		return upload;
	}

	find(place: string): Stored | undefined {
		return this.stored.get(place);
	}

	read(upload: Stored): AsyncIterable<Buffer> {
		return createReadStream(upload.file, { highWaterMark: 256 * 1024 });
	}

	list(): Upload[] {
		return [...this.stored.values()].map(({ file: _file, ...upload }) => upload);
	}

	clear(): void {
		this.stored.clear();
		if (this.folder) rmSync(this.folder, { recursive: true, force: true });
		this.folder = undefined;
	}
}
