import type { MediaKind } from '../models/types';

/** One file format: how it is named, labelled and told by its first bytes. */
export interface FileType {
	/** Also the extension a file of this type is given. */
	name: string;
	kind: MediaKind;
	/** File name extensions, in lower case and without the dot. */
	extensions: string[];
	/** The first one is the registered one; the rest are met in the wild. */
	mimeTypes: string[];
}

export const FILE_TYPES: FileType[] = [
	{ name: 'png', kind: 'image', extensions: ['png'], mimeTypes: ['image/png'] },
	{
		name: 'jpeg',
		kind: 'image',
		extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
		mimeTypes: ['image/jpeg', 'image/jpg', 'image/pjpeg'],
	},
	{ name: 'webp', kind: 'image', extensions: ['webp'], mimeTypes: ['image/webp'] },
	{ name: 'gif', kind: 'image', extensions: ['gif'], mimeTypes: ['image/gif'] },
	{ name: 'avif', kind: 'image', extensions: ['avif'], mimeTypes: ['image/avif'] },
	{ name: 'heic', kind: 'image', extensions: ['heic', 'heif'], mimeTypes: ['image/heic'] },
	{ name: 'tiff', kind: 'image', extensions: ['tiff', 'tif'], mimeTypes: ['image/tiff'] },
	{ name: 'bmp', kind: 'image', extensions: ['bmp'], mimeTypes: ['image/bmp'] },
	{ name: 'svg', kind: 'image', extensions: ['svg'], mimeTypes: ['image/svg+xml'] },
	{
		name: 'mp4',
		kind: 'video',
		extensions: ['mp4', 'm4v'],
		mimeTypes: ['video/mp4', 'video/x-m4v'],
	},
	{ name: 'mov', kind: 'video', extensions: ['mov', 'qt'], mimeTypes: ['video/quicktime'] },
	{ name: 'webm', kind: 'video', extensions: ['webm'], mimeTypes: ['video/webm'] },
	{ name: 'mkv', kind: 'video', extensions: ['mkv'], mimeTypes: ['video/x-matroska'] },
	{ name: 'avi', kind: 'video', extensions: ['avi'], mimeTypes: ['video/x-msvideo'] },
	{
		name: 'mp3',
		kind: 'audio',
		extensions: ['mp3'],
		mimeTypes: ['audio/mpeg', 'audio/mp3', 'audio/mpeg3'],
	},
	{
		name: 'wav',
		kind: 'audio',
		extensions: ['wav', 'wave'],
		mimeTypes: ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
	},
	{ name: 'ogg', kind: 'audio', extensions: ['ogg', 'oga', 'opus'], mimeTypes: ['audio/ogg'] },
	{ name: 'flac', kind: 'audio', extensions: ['flac'], mimeTypes: ['audio/flac', 'audio/x-flac'] },
	{ name: 'aac', kind: 'audio', extensions: ['aac'], mimeTypes: ['audio/aac'] },
	{ name: 'm4a', kind: 'audio', extensions: ['m4a'], mimeTypes: ['audio/mp4', 'audio/x-m4a'] },
];

/** The type a MIME type stands for; parameters (`; charset=…`) and letter case do not matter. */
export function fileTypeOfMime(mimeType: string | undefined): FileType | undefined {
	const bare = mimeType?.split(';')[0].trim().toLowerCase();
	return FILE_TYPES.find(({ mimeTypes }) => mimeTypes.includes(bare ?? ''));
}

/** The type a file name or a bare extension stands for. */
export function fileTypeOfName(name: string | undefined): FileType | undefined {
	const extension = extensionOf(name);
	return FILE_TYPES.find(({ extensions }) => extensions.includes(extension));
}

/** What follows the last dot, or the whole name when it has none, in lower case. */
export function extensionOf(name: string | undefined): string {
	return (name ?? '').split('.').pop()?.trim().toLowerCase() ?? '';
}

/** Whether a MIME type is of a media kind, be its format in `FILE_TYPES` or not. */
export function kindOfMime(mimeType: string | undefined): MediaKind | undefined {
	const known = fileTypeOfMime(mimeType);
	if (known !== undefined) return known.kind;
	const family = mimeType?.split('/')[0].trim().toLowerCase();
	return (['image', 'video', 'audio'] as const).find((kind) => kind === family);
}
