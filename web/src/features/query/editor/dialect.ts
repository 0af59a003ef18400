/** DuckDB's SQL for the editor: words that are coloured and offered. */
import { PostgreSQL, SQLDialect } from '@codemirror/lang-sql';

export const KEYWORDS = (
  'SELECT FROM WHERE GROUP BY ORDER HAVING QUALIFY LIMIT OFFSET WITH AS JOIN LEFT RIGHT FULL INNER CROSS ON USING ' +
  'UNION ALL INTERSECT EXCEPT DISTINCT CASE WHEN THEN ELSE END AND OR NOT IN IS NULL BETWEEN LIKE ILIKE EXISTS ' +
  'OVER PARTITION FILTER DESC ASC NULLS FIRST LAST CAST INTERVAL DATE TIMESTAMP TRUE FALSE VALUES EXCLUDE ' +
  'REPLACE COLUMNS PIVOT UNPIVOT DESCRIBE SUMMARIZE SAMPLE'
).split(' ');

export const FUNCTIONS = (
  'count sum avg min max median mode stddev_samp var_samp quantile_cont approx_count_distinct any_value first last ' +
  'list string_agg arg_max arg_min corr round floor ceil abs sqrt ln log exp power greatest least coalesce nullif ' +
  'lower upper trim length substring replace split_part contains starts_with ends_with regexp_matches ' +
  'regexp_extract regexp_replace concat concat_ws strftime strptime date_trunc date_part date_diff date_add year ' +
  'quarter month week day dayname monthname hour minute last_day make_date row_number rank dense_rank lag lead ' +
  'first_value last_value ntile percent_rank unnest range generate_series try_cast'
).split(' ');

export const dialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${PostgreSQL.spec.keywords} qualify exclude replace columns pivot unpivot summarize ilike sample asof`,
  builtin: FUNCTIONS.join(' '),
});
