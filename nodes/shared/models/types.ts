import type { IDataObject } from 'n8n-workflow';

export type MediaKind = 'image' | 'video' | 'audio';

export type ModelKind = MediaKind | 'other';

/** What a parameter's value is: decides the form's widget, the check before paying and the JSON type sent. */
export type ParameterKind =
	| 'text'
	| 'integer'
	| 'number'
	| 'boolean'
	| 'choice'
	| 'media'
	| 'list'
	| 'object';

export type Choice = string | number | boolean;

/** One parameter of a model, read from any of the schema shapes GMI uses. */
export interface ModelParameter {
	/** The payload key, verbatim. Dots in it are part of the name (`person_image.24`), never a path. */
	name: string;
	label: string;
	description: string;
	kind: ParameterKind;
	required: boolean;
	/** What GMI says it uses when the parameter is not sent; undefined when it says nothing. */
	defaultValue?: string | number | boolean | IDataObject | unknown[];
	/** Allowed values of a `choice`, in the JSON type the model expects. `""` can be one of them. */
	choices?: Choice[];
	/** GMI's own names for the choices, where it gives them, keyed by `String(value)`. */
	choiceNames?: Record<string, string>;
	/** Smallest and largest number allowed. */
	min?: number;
	max?: number;
	/** Longest text allowed, in characters. */
	maxLength?: number;
	/** Most values a `list` takes. */
	maxItems?: number;
	/** The kind of file this takes, for `media` and for lists of files. */
	media?: MediaKind;
	/** A `list` that takes a bare value too (GMI's `string/array`). */
	acceptsSingle?: boolean;
}

/** A model as the rest of the package sees it. */
export interface GmiModel {
	/** The id for the API, verbatim. */
	id: string;
	/** The id as shown to people: trimmed. */
	name: string;
	kind: ModelKind;
	summary: string;
	parameters: ModelParameter[];
	/** The parameter that takes the node's Prompt (`prompt`, `text`, …); undefined when the model has none. */
	promptParameter?: string;
	price?: { usd: number; unit: string };
	/** GMI's own words on price, which may list several. */
	pricingDetails?: string;
}

/** One line of the model list. */
export interface CatalogueEntry {
	id: string;
	name: string;
	kind: ModelKind;
	/** Bare UUIDs: internal models that are not offered, yet stay reachable by id. */
	hidden: boolean;
}
