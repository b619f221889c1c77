import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
	const name = Buffer.from(type, 'latin1');
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(data.length, 0);
	name.copy(frame, 4);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(Buffer.concat([name, data])), 0);
	return Buffer.concat([frame, data, check]);
}

/** A PNG with a colour gradient. */
export function png(width: number, height: number, look: number): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	// Eight bits for each of red, green and blue.
	head.set([8, 2, 0, 0, 0], 8);
	const stride = 1 + width * 3;
	const rows = Buffer.alloc(stride * height);
	for (let y = 0; y < height; y++) {
		const down = Math.floor((255 * y) / height);
		for (let x = 0; x < width; x++) {
			const across = Math.floor((255 * x) / width);
			const at = y * stride + 1 + x * 3;
			rows[at] = across;
			rows[at + 1] = (down + look * 40) & 255;
			rows[at + 2] = 255 - across;
		}
	}
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([
		signature,
		chunk('IHDR', head),
		chunk('IDAT', deflateSync(rows, { level: 1 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}
