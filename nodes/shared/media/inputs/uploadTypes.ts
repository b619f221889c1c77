import type { FileType } from '../fileTypes';

/**
 * The extensions GMI's upload endpoint takes, each with the Content-Type its signature covers; for mp3 two
 * have been reported and the next is tried when the first is refused. `image/jpg` is no slip: `image/jpeg`
 * is refused for jpg. Seen by clients that run against production; GMI's own pages name neither.
 */
export const UPLOAD_CONTENT_TYPES = new Map([
	['png', ['image/png']],
	['jpeg', ['image/jpeg']],
	['jpg', ['image/jpg']],
	['mp4', ['video/mp4']],
	['mp3', ['audio/mpeg', 'audio/mp3']],
	['wav', ['audio/wav']],
]);

/** The extension a file is uploaded under; undefined for formats that cannot be uploaded. */
export function uploadExtensionOf(type: FileType | undefined, extension: string) {
	if (type === undefined) return undefined;
	if (type.name === 'jpeg') return extension.toLowerCase() === 'jpg' ? 'jpg' : 'jpeg';
	// QuickTime and MP4 are one container; GMI's clients send .mov files as mp4.
	if (type.name === 'mov') return 'mp4';
	return UPLOAD_CONTENT_TYPES.has(type.name) ? type.name : undefined;
}
