const block = Buffer.alloc(256 * 1024, 'gmi sandbox padding ');

/** How to write a file bit by bit without ever holding all of it. */
export interface Content {
	length: number;
	chunks: () => Iterable<Buffer> | AsyncIterable<Buffer>;
}

function* repeated(length: number): Iterable<Buffer> {
	for (let left = length; left > 0; left -= block.length) {
		yield left >= block.length ? block : block.subarray(0, left);
	}
}

export function whole(bytes: Buffer): Content {
	return { length: bytes.length, chunks: () => [bytes] };
}

/**
 * An MP4 made as long as asked for by a `free` box, which players skip.
 * A length that leaves no room for the box gives the video as it is.
 */
export function padded(video: Buffer, length: number): Content {
	const room = length - video.length;
	if (room < 16) return whole(video);
	const head = Buffer.alloc(16);
	// A size of one says that the real size follows as 64 bits.
	head.writeUInt32BE(1, 0);
	head.write('free', 4, 'latin1');
	head.writeBigUInt64BE(BigInt(room), 8);
	return {
		length,
		*chunks() {
			yield video;
			yield head;
			yield* repeated(room - head.length);
		},
	};
}
