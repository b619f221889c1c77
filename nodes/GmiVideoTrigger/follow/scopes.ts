import { ALL_MODELS, type FollowState, type ScopeState } from './types';

/** The scopes to follow for the chosen models; none chosen means all. */
export function scopeNames(models: string[]): string[] {
	return models.length === 0 ? [ALL_MODELS] : [...new Set(models)];
}

/**
 * The state fitted to the models chosen now. Models that stay keep what is known of them, new ones begin
 * afresh, and those no longer chosen are forgotten. Between single models and the list of all, nothing is
 * forgotten: a model takes over what the list of all knew; a model's own scope is read once more beside
 * the list of all, until `mergeRetiring` joins them.
 */
export function fitScopes(state: FollowState, models: string[]): FollowState {
	const names = scopeNames(models);
	const scopes: FollowState['scopes'] = {};
	for (const name of names) {
		const known = state.scopes[name] ?? inherited(state, name);
		if (known) scopes[name] = known.retiring ? { ...known, retiring: undefined } : known;
	}
	if (names[0] === ALL_MODELS) {
		for (const [name, scope] of Object.entries(state.scopes)) {
			const followed = state.scopes[ALL_MODELS] === undefined || scope.retiring;
			if (name !== ALL_MODELS && followed) scopes[name] = { ...scope, retiring: true };
		}
	}
	return { ...state, scopes };
}

/** Joins the scopes read to their end with the scope of all models. */
export function mergeRetiring(state: FollowState, read: Set<string>): FollowState {
	const all = state.scopes[ALL_MODELS];
	if (all === undefined || !read.has(ALL_MODELS)) return state;
	const scopes = { ...state.scopes };
	let merged = all;
	for (const [name, scope] of Object.entries(state.scopes)) {
		if (!scope.retiring || !read.has(name) || scope.gaps.length > 0) continue;
		const own = new Set(scope.pending.map(({ id }) => id));
		merged = {
			...merged,
			pending: [...merged.pending.filter(({ id }) => !own.has(id)), ...scope.pending],
			seen: [...merged.seen, ...scope.seen],
		};
		delete scopes[name];
	}
	return { ...state, scopes: { ...scopes, [ALL_MODELS]: merged } };
}

function inherited(state: FollowState, name: string): ScopeState | undefined {
	const all = name === ALL_MODELS ? undefined : state.scopes[ALL_MODELS];
	if (all === undefined) return undefined;
	// Places in one list mean nothing in another.
	const gaps = all.gaps.map((gap) => ({ ...gap, offset: 0 }));
	const round = all.round && { ...all.round, offset: 0 };
	return { ...all, gaps, round, searchOffset: undefined };
}
