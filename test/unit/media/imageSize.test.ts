import fc from 'fast-check';

import { probeImageSize, readImageSize } from '../../../nodes/shared/media/inputs/imageSize';
import { jpeg, png, segment, webp } from '../../support/mediaFiles';

const bytes = fc.uint8Array({ maxLength: 4096 }).map((content) => Buffer.from(content));

describe('readImageSize', () => {
	it.each([
		['PNG', png(1792, 1024), 'png'],
		['baseline JPEG', jpeg(1792, 1024), 'jpeg'],
		['progressive JPEG', jpeg(1792, 1024, { frame: 0xc2 }), 'jpeg'],
		['lossy WebP', webp('VP8 ', 1792, 1024), 'webp'],
		['lossless WebP', webp('VP8L', 1792, 1024), 'webp'],
		['extended WebP', webp('VP8X', 1792, 1024), 'webp'],
	])('reads a %s', (_name, file, type) => {
		expect(readImageSize(file)).toEqual({ width: 1792, height: 1024, type });
	});

	it('reads the real pixel of a complete PNG file', () => {
		const pixel = Buffer.from(
			'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
			'base64',
		);
		expect(readImageSize(pixel)).toEqual({ width: 1, height: 1, type: 'png' });
	});

	it('skips EXIF, tables, fill bytes and a size hidden in a preview, and gives the stored size', () => {
		const rotated = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), jpeg(160, 120)]));
		const table = segment(0xc4, Buffer.alloc(40));
		const file = jpeg(4000, 3000, { before: [rotated, Buffer.from([0xff, 0xff]), table] });
		expect(readImageSize(file)).toEqual({ width: 4000, height: 3000, type: 'jpeg' });
	});

	it.each([
		['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00')],
		['a web page', Buffer.from('<!doctype html>')],
		['a PNG without width', png(0, 10)],
		[
			'a WAV, which is RIFF too',
			Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(40)]),
		],
		[
			'a JPEG whose picture data come first',
			Buffer.concat([jpeg(1, 1).subarray(0, 2), segment(0xda, Buffer.alloc(10)), Buffer.alloc(20)]),
		],
		['nothing', Buffer.alloc(0)],
	])('gives nothing for %s', (_name, file) => {
		expect(readImageSize(file)).toBeUndefined();
	});

	it('never throws', () => {
		const starts = [png(2, 2), jpeg(2, 2), webp('VP8 ', 2, 2), webp('VP8L', 2, 2), Buffer.alloc(0)];
		fc.assert(
			fc.property(fc.constantFrom(...starts), fc.nat(40), bytes, (start, kept, rest) => {
				const size = readImageSize(Buffer.concat([start.subarray(0, kept), rest]));
				if (size !== undefined) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('probeImageSize', () => {
	const large = jpeg(640, 480, {
		before: Array.from({ length: 5 }, () => segment(0xe2, Buffer.alloc(65_533))),
	});

	it('says how many bytes reach the size behind large segments', () => {
		const probe = probeImageSize(large.subarray(0, 64 * 1024));
		expect(probe).toEqual({ needs: expect.any(Number) });

		let head = large.subarray(0, 10);
		for (let steps = 0; steps < 20; steps++) {
			const next = probeImageSize(head);
			if (next === undefined || 'size' in next) break;
			head = large.subarray(0, next.needs);
		}
		expect(readImageSize(head)).toEqual({ width: 640, height: 480, type: 'jpeg' });
		expect(head.length).toBeLessThan(large.length);
	});

	it('asks only for more than it has', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(png(9, 9), jpeg(9, 9), webp('VP8X', 9, 9), large),
				fc.nat(),
				bytes,
				(file, cut, rest) => {
					const head = Buffer.concat([file.subarray(0, cut % (file.length + 1)), rest]);
					const probe = probeImageSize(head);
					if (probe !== undefined && 'needs' in probe)
						expect(probe.needs).toBeGreaterThan(head.length);
				},
			),
			{ numRuns: 2000 },
		);
	});
});
