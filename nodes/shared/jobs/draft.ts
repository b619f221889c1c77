import type { IDataObject } from 'n8n-workflow';

/** One item's request before it is sent. */
export interface Draft {
	item: number;
	model: string;
	/** Equal for the same model and content, whatever addresses its files get when uploaded. */
	identity: string;
	/** The model's own defaults, which GMI may echo. */
	defaults: IDataObject;
	/** The payload to send; uploads the item's files first. */
	payload: () => Promise<IDataObject>;
}
