/** The account every n8n of this repository is set up with. It listens on loopback only. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Password123',
	firstName: 'Local',
	lastName: 'Owner',
};
