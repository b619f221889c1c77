/** How a model answers its POST. */
type Delivery =
	/** At once; the result is fetched later. */
	| 'async'
	/** When the result is there, with `outcome`. */
	| 'sync'
	/** When the result is there, but without `outcome`; a GET has it. */
	| 'sync-without-outcome'
	/** At once, and then nothing ever happens. */
	| 'dead';

type OutcomeShape =
	| 'video'
	| 'video-with-jpg'
	| 'media-videos'
	| 'media-images'
	| 'media-strings'
	| 'tts-media'
	| 'audio-url'
	| 'faces'
	| 'inline-image';

export interface Model {
	id: string;
	delivery: Delivery;
	outcome: OutcomeShape;
	/** `empty`: the record's `payload` is `{}` whatever was sent. */
	echo: 'payload' | 'empty';
	/** What `GET /models/{id}` answers. */
	detail: Record<string, unknown>;
}

/** One entry of a model's `parameters`. */
export type Parameter = Record<string, unknown> & { name: string };
