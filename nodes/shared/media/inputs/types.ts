import type { IBinaryData } from 'n8n-workflow';

import type { MediaKind } from '../../models/types';
import type { ImageSize } from './imageSize';

/**
 * How files reach the model: uploaded to GMI's storage, written into the request as a data URI, or
 * uploaded when possible and else written into the request when small.
 */
export type Delivery = 'auto' | 'upload' | 'dataUri';

/** One row of the node's Media Inputs. */
export interface MediaInput {
	/** The model's parameter, verbatim. */
	parameter: string;
	source: 'binary' | 'url';
	/** A field of the item, several with commas between them, or the files themselves from an expression. */
	binaryPropertyName?: string | IBinaryData | Array<string | IBinaryData>;
	/** An http(s) address or a data URI; several when an expression gives a list. */
	url?: string | string[];
}

/** A file of the item that has been read through once. */
export interface MediaFile {
	/** The item's field it was found in. */
	field: string;
	fileName: string;
	/** What the content is, as far as its first bytes or else its label tell. */
	mimeType: string;
	kind?: MediaKind;
	bytes: number;
	/** SHA-256 of the content, in hex: the same for the same file wherever n8n keeps it. */
	sha256: string;
	/** What GMI's upload endpoint is asked for ("png", "mp4", …); undefined for formats it does not take. */
	uploadExtension?: string;
	/** Of PNG, JPEG and WebP pictures. */
	size?: ImageSize;
	/** The kind of text the file holds, when it is text: "a web page". */
	text?: string;
	binary: IBinaryData;
}

export type MediaSource =
	| { url: string }
	/** `either` is an upload that may fall back to a data URI. */
	| { file: MediaFile; route: 'upload' | 'dataUri' | 'either' };

/** Everything the media inputs of one item come to, checked and not yet uploaded. */
export interface MediaPlan {
	/** The parameters that get filled, one entry for each file: what `checkPayload` wants to know. */
	parameters: string[];
	/**
	 * Hex text that is the same for the same content in the same parameters, whenever and wherever n8n reads
	 * it, and empty without media. Nothing of the content or the addresses can be read from it.
	 */
	identity: string;
	parts: Array<{ parameter: string; list: boolean; sources: MediaSource[] }>;
}
