/** What the client of the table is injected as: `@Inject(TABLES) tables: Tables`. */
export const TABLES = 'tables';
