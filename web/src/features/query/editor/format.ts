/** SQL set line by line; loaded with its first use. */
export async function formatSql(text: string): Promise<string> {
  const { duckdb, formatDialect } = await import('sql-formatter');
  return formatDialect(text, {
    dialect: duckdb,
    keywordCase: 'upper',
    tabWidth: 2,
    paramTypes: { named: ['$'], custom: [{ regex: String.raw`\{\{\s*\w+\s*\}\}` }] },
  });
}
