import { fileTypeOfName, type FileType } from '../fileTypes';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const RIFF_FORMS = new Map([
	['WEBP', 'webp'],
	['WAVE', 'wav'],
	['AVI ', 'avi'],
]);

/** The type a file's first bytes prove (32 are enough, 64 for Matroska), whatever it is called. */
export function sniffFileType(head: Buffer): FileType | undefined {
	return fileTypeOfName(sniffName(head));
}

/** What kind of text a file holds, in words, when it is text: a saved error page, say, not a picture. */
export function sniffText(head: Buffer): string | undefined {
	const start = head.toString('latin1', 0, 256).replace(/^\xef\xbb\xbf/, '');
	if (/^\s*<(?:!doctype html|html|head|body)\b/i.test(start)) return 'a web page';
	if (/^\s*<(?:\?xml|error)\b/i.test(start)) return 'XML text';
	if (/^\s*[{[]\s*["{[\]}]/.test(start)) return 'JSON text';
	return undefined;
}

function sniffName(head: Buffer): string | undefined {
	const ascii = (start: number, end: number) => head.toString('latin1', start, end);
	if (PNG.every((byte, index) => head[index] === byte)) return 'png';
	if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg';
	if (ascii(0, 4) === 'GIF8') return 'gif';
	if (ascii(0, 4) === 'II*\0' || ascii(0, 4) === 'MM\0*') return 'tiff';
	if (ascii(0, 4) === 'RIFF') return RIFF_FORMS.get(ascii(8, 12));
	if (ascii(4, 8) === 'ftyp') return sniffBrand(ascii(8, 12));
	if (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3) {
		return ascii(0, 64).includes('webm') ? 'webm' : 'mkv';
	}
	if (ascii(0, 4) === 'OggS') return 'ogg';
	if (ascii(0, 4) === 'fLaC') return 'flac';
	if (ascii(0, 3) === 'ID3') return 'mp3';
	if (head[0] === 0xff && (head[1] & 0xe0) === 0xe0) return sniffMpegAudio(head[1]);
	return undefined;
}

/** Major brands of the ISO base media format, registered at mp4ra.org. */
function sniffBrand(brand: string): string {
	if (brand === 'qt  ') return 'mov';
	if (brand === 'avif' || brand === 'avis') return 'avif';
	if (['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'].includes(brand)) {
		return 'heic';
	}
	return brand === 'M4A ' || brand === 'M4B ' ? 'm4a' : 'mp4';
}

/** Bits 1 and 2 after the sync word are the layer: 01 is Layer III, 00 is AAC's ADTS header. */
function sniffMpegAudio(secondByte: number): string | undefined {
	const layer = (secondByte >> 1) & 3;
	if (layer === 1) return 'mp3';
	return layer === 0 && (secondByte & 0xf0) === 0xf0 ? 'aac' : undefined;
}
