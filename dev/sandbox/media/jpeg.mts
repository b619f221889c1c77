/**
 * A JPEG of flat eight-by-eight squares. Such a square has one coefficient only, so the whole encoder is a
 * difference, its bit length and an end mark.
 */

const unitQuantizer = Buffer.alloc(64, 8);

/** One code of four bits for each length 0 to 11: all codes are equally long, none is all ones. */
const lengthTable = Buffer.from([
	...[0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
	...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
]);

/** The only code, a single zero bit, means: nothing more in this square. */
const endTable = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

function segment(marker: number, ...parts: Array<Buffer | number[]>): Buffer {
	const data = Buffer.concat(parts.map((part) => Buffer.from(part)));
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(data.length + 2, 2);
	return Buffer.concat([head, data]);
}

class Bits {
	readonly bytes: number[] = [];
	private held = 0;
	private count = 0;

	put(value: number, length: number): void {
		for (let bit = length - 1; bit >= 0; bit--) {
			this.held = (this.held << 1) | ((value >> bit) & 1);
			if (++this.count === 8) this.flush();
		}
	}

	finish(): void {
		while (this.count !== 0) this.put(1, 1);
	}

	private flush(): void {
		this.bytes.push(this.held);
		// A byte of ones in the data would read as a marker.
		if (this.held === 0xff) this.bytes.push(0);
		this.held = 0;
		this.count = 0;
	}
}

/** A grey-scale JPEG with a slanted gradient. */
export function jpeg(width: number, height: number, look: number): Buffer {
	const [columns, rows] = [Math.ceil(width / 8), Math.ceil(height / 8)];
	const bits = new Bits();
	let before = 0;
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const shade = (column / columns + row / rows + look / 7) % 1;
			const level = Math.round(shade * 220) - 110;
			const difference = level - before;
			before = level;
			const length = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
			bits.put(length, 4);
			bits.put(difference < 0 ? difference + (1 << length) - 1 : difference, length);
			bits.put(0, 1);
		}
	}
	bits.finish();
	const size = Buffer.alloc(4);
	size.writeUInt16BE(height, 0);
	size.writeUInt16BE(width, 2);
	return Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		segment(0xe0, Buffer.from('JFIF\0', 'latin1'), [1, 1, 0, 0, 1, 0, 1, 0, 0]),
		segment(0xdb, [0], unitQuantizer),
		segment(0xc0, [8], size, [1, 1, 0x11, 0]),
		segment(0xc4, [0x00], lengthTable),
		segment(0xc4, [0x10], endTable),
		segment(0xda, [1, 1, 0x00, 0, 63, 0]),
		Buffer.from(bits.bytes),
		Buffer.from([0xff, 0xd9]),
	]);
}
