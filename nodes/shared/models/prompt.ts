import { plainName, wordsOf } from './names';
import type { ModelParameter } from './types';

/** Names of the main text parameter on GMI's model pages, the surest first. */
const NAMES = ['prompt', 'text', 'lyrics', 'text_prompt', 'input_text', 'script'].map(plainName);

/** Text parameters that never are what the model is about. */
const SIDE_WORDS = /^(negative|id|ids|name|title|voice|style|seed|format|language|url|key)$/;

/**
 * The parameter that the node's Prompt fills. `prompt` when the model has one, even when another text is
 * required: beside a field called Prompt nobody looks for a second one, so minimax-music takes the style
 * from Prompt and shows `lyrics` in the form. Otherwise `text` (speech, wan2.7-image), `lyrics` and the
 * like; otherwise the only required text. A trailing number is no part of the name (`prompt.6`).
 */
export function findPromptParameter(parameters: ModelParameter[]): string | undefined {
	const texts = parameters.filter(({ kind }) => kind === 'text');
	for (const name of NAMES) {
		const found = texts.find(
			(parameter) => plainName(parameter.name.replace(/\.\d+$/, '')) === name,
		);
		if (found) return found.name;
	}
	const required = texts.filter(
		({ name, required: isRequired }) =>
			isRequired && !wordsOf(name).some((word) => SIDE_WORDS.test(word)),
	);
	return required.length === 1 ? required[0].name : undefined;
}
