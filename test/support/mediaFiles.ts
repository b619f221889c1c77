/** Headers of real pictures: as much of a file as tells its size. */

export function png(width: number, height: number): Buffer {
	const header = Buffer.alloc(33);
	header.write('\x89PNG\r\n\x1a\n', 'latin1');
	header.writeUInt32BE(13, 8);
	header.write('IHDR', 12, 'latin1');
	header.writeUInt32BE(width, 16);
	header.writeUInt32BE(height, 20);
	return header;
}

export function segment(marker: number, content: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(content.length + 2, 2);
	return Buffer.concat([head, content]);
}

/** `frame` is the marker of the frame header: C0 for baseline, C2 for progressive pictures. */
export function jpeg(
	width: number,
	height: number,
	{ before = [] as Buffer[], frame = 0xc0 } = {},
): Buffer {
	const content = Buffer.from([8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
	content.writeUInt16BE(height, 1);
	content.writeUInt16BE(width, 3);
	return Buffer.concat([Buffer.from([0xff, 0xd8]), ...before, segment(frame, content)]);
}

export function webp(format: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
	const file = Buffer.alloc(40);
	file.write('RIFF', 'latin1');
	file.writeUInt32LE(32, 4);
	file.write('WEBP', 8, 'latin1');
	file.write(format, 12, 'latin1');
	if (format === 'VP8 ') {
		file.writeUIntBE(0x9d012a, 23, 3);
		file.writeUInt16LE(width, 26);
		file.writeUInt16LE(height, 28);
	} else if (format === 'VP8L') {
		file[20] = 0x2f;
		file.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 21);
	} else {
		file.writeUIntLE(width - 1, 24, 3);
		file.writeUIntLE(height - 1, 27, 3);
	}
	return file;
}

export function mp4(brand = 'isom'): Buffer {
	const box = Buffer.alloc(32);
	box.writeUInt32BE(32);
	box.write(`ftyp${brand}`, 4, 'latin1');
	return box;
}

export function wav(): Buffer {
	return Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1');
}

export function mp3(): Buffer {
	return Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1');
}
