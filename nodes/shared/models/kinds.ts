import type { ModelKind } from './types';

/**
 * Words in model ids that tell what a model makes, tried in this order. GMI's list mixes every modality
 * and names none, so an id is all there is until the model's details have been read.
 */
const CLUES: Array<[ModelKind, RegExp]> = [
	['other', /workflow|batch|3d|tripo|meshy|trellis|embed|rerank/],
	['video', /t2v|i2v|r2v|v2v|image2video|image-to-video|video|lip-?sync|motion|avatar|talking/],
	['audio', /tts|speech|music|voice|audio|song|eleven|inworld|sound/],
	[
		'image',
		/seedream|seededit|flux|image|imagen|banana|ideogram|recraft|qwen-edit|reve\b|bria|try_?on|photo|upscale|inpaint|sdxl|stable-diffusion|midjourney/,
	],
	[
		'video',
		/veo|sora|kling|luma|ray-?\d|\bwan|pixverse|vidu|hailuo|minimax-h\d|seedance|skyreels|heygen|runway|hunyuan|ltx|pika|omnihuman|cogvideo|mochi/,
	],
];

/** What a model probably makes, judged by its id; `other` when the id gives no clue. */
export function kindFromName(id: string): ModelKind {
	const name = id.toLowerCase();
	return CLUES.find(([, clue]) => clue.test(name))?.[0] ?? 'other';
}

/** What GMI's `model_type` says a model makes; undefined when it says nothing. */
export function kindFromType(modelType: string): ModelKind | undefined {
	const type = modelType.toLowerCase();
	if (!type) return undefined;
	if (type.includes('video')) return 'video';
	if (/image|picture/.test(type)) return 'image';
	return /audio|speech|tts|music|voice/.test(type) ? 'audio' : 'other';
}
