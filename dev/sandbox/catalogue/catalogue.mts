import { hash } from '../random.mjs';
import type { Settings } from '../settings.mjs';
import { choice, model, price, prompt, whole } from './define.mjs';
import { oddModels } from './oddModels.mjs';
import { otherModels } from './otherModels.mjs';
import type { Model } from './types.mjs';
import { videoModels } from './videoModels.mjs';

const builtInModels: Model[] = [...videoModels, ...otherModels, ...oddModels];

const makers = ['kling', 'wan', 'vidu', 'pixverse', 'seedance', 'hailuo', 'skyreels', 'ltx', 'ray'];
const kinds = ['t2v', 'i2v', 'r2v', 'image', 'tts', 'edit'];

/** A plausible model for the tail of a long catalogue; every third is a bare id, as in the real one. */
function fillerModel(index: number): Model {
	const number = hash(`filler ${index}`);
	if (index % 3 === 2) {
		const digits = number.toString(16).padStart(8, '0');
		const tail = hash(digits).toString(16).padStart(12, '0');
		return model(`${digits}-7a3c-4e5f-9b1d-${tail}`, undefined, '', [prompt()]);
	}
	const kind = kinds[number % kinds.length];
	const type = kind === 'image' || kind === 'edit' ? 'image' : kind === 'tts' ? 'audio' : 'video';
	const name = `${makers[index % makers.length]}-${1 + (index % 4)}.${number % 10}-${kind}-${index}`;
	const outcome = type === 'video' ? 'video' : type === 'image' ? 'media-images' : 'audio-url';
	const parameters = [
		prompt(),
		choice('resolution', ['720p', '1080p'], '720p'),
		whole('duration', 5, 2, 15),
	];
	return model(name, type, `${name}, from the tail`, parameters, price(50_000, 'second'), {
		outcome,
	});
}

export class Catalogue {
	private readonly models = new Map<string, Model>();

	constructor(settings: Settings) {
		for (const known of builtInModels) this.models.set(known.id, known);
		for (const [id, changes] of Object.entries(settings.models)) this.change(id, changes);
		for (let index = 0; this.models.size < settings.catalogueSize; index++) {
			const filler = fillerModel(index);
			this.models.set(filler.id, filler);
		}
	}

	ids(): string[] {
		return [...this.models.keys()];
	}

	/** The model of this exact name; a name with stray white space is also found without it. */
	find(id: string): Model | undefined {
		return this.models.get(id) ?? [...this.models.values()].find((known) => known.id.trim() === id);
	}

	/** `delivery`, `outcome` and `echo` change how the model behaves, the rest its detail. */
	private change(id: string, changes: Record<string, unknown>): void {
		const { delivery, outcome, echo, ...detail } = changes as Partial<Model>;
		const known = this.models.get(id) ?? model(id, 'video', '', [prompt()]);
		this.models.set(id, {
			...known,
			...(delivery && { delivery }),
			...(outcome && { outcome }),
			...(echo && { echo }),
			detail: { ...known.detail, ...detail },
		});
	}
}
