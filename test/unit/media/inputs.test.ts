import fc from 'fast-check';

import {
	fileTypeOfMime,
	fileTypeOfName,
	FILE_TYPES,
	kindOfMime,
} from '../../../nodes/shared/media/fileTypes';
import { readAddress } from '../../../nodes/shared/media/inputs/address';
import {
	formatBytes,
	largestFile,
	takesAddressesOnly,
} from '../../../nodes/shared/media/inputs/limits';
import { routeFile } from '../../../nodes/shared/media/inputs/route';
import { sniffFileType, sniffText } from '../../../nodes/shared/media/inputs/sniff';
import type { MediaFile } from '../../../nodes/shared/media/inputs/types';
import { uploadExtensionOf } from '../../../nodes/shared/media/inputs/uploadTypes';
import type { GmiModel, MediaKind, ModelParameter } from '../../../nodes/shared/models/types';
import { jpeg, mp3, mp4, png, wav, webp } from '../../support/mediaFiles';

const MIB = 1024 * 1024;
const anyBytes = fc.uint8Array({ maxLength: 512 }).map((content) => Buffer.from(content));

function model(name: string): GmiModel {
	return { id: name, name, kind: 'video', summary: '', parameters: [] };
}

function parameter(description = ''): ModelParameter {
	return { name: 'x', label: 'X', description, kind: 'media', required: false };
}

describe('file types', () => {
	it('know each extension and MIME type once', () => {
		const extensions = FILE_TYPES.flatMap((type) => type.extensions);
		const mimeTypes = FILE_TYPES.flatMap((type) => type.mimeTypes);
		expect(new Set(extensions).size).toBe(extensions.length);
		expect(new Set(mimeTypes).size).toBe(mimeTypes.length);
	});

	it('are found by name and by MIME type, however written', () => {
		expect(fileTypeOfName('Holiday.Photo.JPG')?.name).toBe('jpeg');
		expect(fileTypeOfMime('Video/MP4; codecs="avc1"')?.name).toBe('mp4');
		expect(fileTypeOfName('data')).toBeUndefined();
		expect(fileTypeOfName(undefined)).toBeUndefined();
		expect(kindOfMime('audio/x-unheard-of')).toBe('audio');
		expect(kindOfMime('application/pdf')).toBeUndefined();
	});

	it.each([
		['png', png(1, 1)],
		['jpeg', jpeg(1, 1)],
		['webp', webp('VP8 ', 1, 1)],
		['gif', Buffer.from('GIF89a')],
		['mp4', mp4('mp42')],
		['mov', mp4('qt  ')],
		['m4a', mp4('M4A ')],
		['avif', mp4('avif')],
		['heic', mp4('heic')],
		[
			'webm',
			Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.from('\x01B\x82\x84webm')]),
		],
		['mkv', Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.from('matroska')])],
		['mp3', mp3()],
		['mp3', Buffer.from([0xff, 0xfb, 0x90, 0x00])],
		['aac', Buffer.from([0xff, 0xf1, 0x50, 0x80])],
		['wav', wav()],
		['ogg', Buffer.from('OggS\0')],
		['flac', Buffer.from('fLaC\0')],
	])('are proven by the first bytes: %s', (name, head) => {
		expect(sniffFileType(head)?.name).toBe(name);
		expect(sniffText(head)).toBeUndefined();
	});

	it.each([
		['a web page', '\n<!doctype html><html>'],
		['a web page', '\ufeff<html lang="en">'],
		['XML text', '<?xml version="1.0"?><Error/>'],
		['JSON text', '{"error":"not found"}'],
		['JSON text', '[{"a":1}]'],
	])('tell text apart: %s', (words, text) => {
		expect(sniffText(Buffer.from(text))).toBe(words);
	});

	it('sniff any bytes without throwing', () => {
		fc.assert(
			fc.property(anyBytes, (head) => {
				sniffFileType(head);
				sniffText(head);
			}),
		);
	});

	it.each([
		['png', 'png', 'png'],
		['jpeg', 'jpg', 'jpg'],
		['jpeg', 'JPG', 'jpg'],
		['jpeg', 'jpeg', 'jpeg'],
		['jpeg', '', 'jpeg'],
		['mp4', 'm4v', 'mp4'],
		['mov', 'mov', 'mp4'],
		['mp3', 'mp3', 'mp3'],
		['wav', 'wav', 'wav'],
		['webp', 'webp', undefined],
		['gif', 'gif', undefined],
	])('%s named .%s is uploaded as %s', (name, extension, asked) => {
		expect(uploadExtensionOf(fileTypeOfName(name), extension)).toBe(asked);
	});
});

describe('limits', () => {
	it.each<[string, string, MediaKind, number | undefined]>([
		['kling-v2-6', '', 'image', 10],
		['kling-3-motion-control', '', 'video', 100],
		['kling-3-motion-control', '', 'image', 10],
		['wan2.6-t2v', '', 'audio', 15],
		['Wan-AI_Wan2.1-T2V-14B', '', 'image', undefined],
		['gemini-3-pro-image', '', 'image', 7],
		['sora-2-pro', '', 'image', undefined],
		['any', 'wav/mp3, 3-30s, <=15MB', 'audio', 15],
		['any', 'JPEG or PNG, up to 2.5 MB', 'image', 2.5],
		['kling-v2-6', '≤ 512 KB each', 'image', 0.5],
		['any', 'Maximum 1 GB', 'video', 1024],
		['any', 'Max 1 image, 360-2000 px', 'image', undefined],
	])('of %s with "%s" for %s: %s MB', (id, description, kind, megabytes) => {
		const limit = largestFile(model(id), parameter(description), kind);
		expect(limit).toBe(megabytes === undefined ? undefined : megabytes * MIB);
	});

	it('know who takes addresses only', () => {
		expect(takesAddressesOnly(model('wan3.0-video'), parameter())).toBe(true);
		expect(takesAddressesOnly(model('x'), parameter('Public URL, JPG/PNG'))).toBe(true);
		expect(takesAddressesOnly(model('kling-v2-6'), parameter())).toBe(false);
		expect(takesAddressesOnly(undefined, undefined)).toBe(false);
	});

	it('are written for people', () => {
		expect([0, 2048, 10 * MIB, 10 * MIB + 1].map(formatBytes)).toEqual([
			'0 bytes',
			'2 KB',
			'10 MB',
			'10.1 MB',
		]);
	});
});

describe('the way to GMI', () => {
	const file: MediaFile = {
		field: 'data',
		fileName: 'data.png',
		mimeType: 'image/png',
		kind: 'image',
		bytes: 1,
		sha256: '',
		uploadExtension: 'png',
		binary: { data: '', mimeType: 'image/png' },
	};

	it.each([
		['auto', {}, false, 'either'],
		['auto', {}, true, 'upload'],
		['auto', { bytes: 3 * MIB + 1 }, false, 'upload'],
		['auto', { uploadExtension: undefined }, false, 'dataUri'],
		['upload', {}, false, 'upload'],
		['dataUri', { bytes: 10 * MIB }, false, 'dataUri'],
	] as const)('with %s and %j (addresses only: %s) is %s', (delivery, change, only, route) => {
		expect(routeFile({ ...file, ...change }, delivery, only)).toEqual({ route });
	});

	it.each([
		['dataUri', {}, true, 'takes no data URIs'],
		['dataUri', { bytes: 10 * MIB + 1 }, false, 'is too large for a data URI (up to 10 MB)'],
		['upload', { uploadExtension: undefined }, false, 'Convert it to PNG or JPEG'],
		['auto', { uploadExtension: undefined }, true, 'and this parameter takes no data URIs'],
	] as const)('with %s and %j (addresses only: %s) is none', (delivery, change, only, words) => {
		const routed = routeFile({ ...file, ...change }, delivery, only);
		expect('problem' in routed && routed.problem).toContain(words);
	});
});

describe('addresses', () => {
	it.each([
		'https://example.com/a.png?x=1',
		' http://127.0.0.1:5678/a.mp4 ',
		'data:image/png;base64,iVBORw0KGgo=',
	])('takes %s', (url) => {
		expect(readAddress(url)).toMatchObject({ address: { url: url.trim() } });
	});

	it.each([
		'',
		'a.png',
		'ftp://example.com/a',
		'data:image/png',
		'data:,x',
		'data:image/png;base64,',
		'data:image/png;base64,~~',
	])('refuses "%s" in words', (url) => {
		expect(readAddress(url)).toEqual({ problem: expect.any(String) });
	});

	it('never throws', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.string().map((text) => `data:${text}`),
				),
				(text) => {
					readAddress(text);
				},
			),
		);
	});
});
