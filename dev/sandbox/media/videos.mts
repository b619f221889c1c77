import { Worker } from 'node:worker_threads';
import type { Frame } from './frame.mjs';

interface Answer {
	id: number;
	file?: Uint8Array;
	error?: string;
}

/** Real H.264 videos, encoded once per size, length and look, away from the event loop. */
export class Videos {
	private readonly cache = new Map<string, Promise<Buffer>>();
	private readonly waiting = new Map<number, (answer: Answer) => void>();
	private worker?: Worker;
	private lastId = 0;

	get(frame: Frame, frameRate: number, look: number): Promise<Buffer> {
		const key = [frame.width, frame.height, frame.seconds, frameRate, look].join(' ');
		let video = this.cache.get(key);
		if (!video) {
			video = this.encode({ ...frame, frameRate, look });
			this.cache.set(key, video);
		}
		return video;
	}

	async close(): Promise<void> {
		await this.worker?.terminate();
	}

	private encode(job: Frame & { frameRate: number; look: number }): Promise<Buffer> {
		const worker = (this.worker ??= this.start());
		const id = ++this.lastId;
		return new Promise((resolve, reject) => {
			this.waiting.set(id, ({ file, error }) => {
				if (file) resolve(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
				else reject(new Error(error));
			});
			worker.postMessage({ id, ...job });
		});
	}

	private start(): Worker {
		const worker = new Worker(new URL('./videoWorker.mjs', import.meta.url), { execArgv: [] });
		worker.unref();
		worker.on('message', (answer: Answer) => {
			this.waiting.get(answer.id)?.(answer);
			this.waiting.delete(answer.id);
		});
		return worker;
	}
}
