import clsx from 'clsx';
import type { ColumnDecision, LoadPlan } from '@/api/types';
import { Choice, SmallInput } from '@/components/Choice';
import { Tag, ui } from '@/components/primitives';
import { count } from '@/lib/format';
import { columnChoice, isDateType, isNumberType, TYPES, typeName, withColumn, wordsOf } from './plan';
import l from './plan.module.css';
import s from './source.module.css';

/** One column of the plan: its type, how its cells are written, and the evidence. */
export function ColumnRow({
  decision,
  tableKey,
  plan,
  onChange,
}: {
  decision: ColumnDecision;
  tableKey: string;
  plan: LoadPlan;
  onChange: (plan: LoadPlan) => void;
}) {
  const header = decision.original_name;
  const choice = columnChoice(plan, tableKey, header);
  const type = choice?.type ?? decision.type;
  const known = TYPES.some(([value]) => value === type);
  const change = (next: Parameters<typeof withColumn>[3]) => onChange(withColumn(plan, tableKey, header, next));
  const words = choice?.missing_values?.join(', ') ?? '';
  return (
    <tr>
      <td className={s.strong}>
        {header}
        {decision.chosen ? <Tag tone="accent">chosen</Tag> : null}
      </td>
      <td>
        <Choice
          label={`Type of ${header}`}
          value={type}
          options={
            known ? TYPES : [[type, typeName(type)], ...TYPES.filter(([value]) => !type.startsWith(`${value}(`))]
          }
          onChange={(value) => change({ type: value === decision.type && !decision.chosen ? undefined : value })}
        />
      </td>
      <td>
        <div className={l.written}>
          {isDateType(type) ? (
            <>
              <Choice
                label={`Order of day and month in ${header}`}
                value={choice?.date_order ?? ''}
                options={[
                  ['', 'Order as found'],
                  ['day_first', 'Day first'],
                  ['month_first', 'Month first'],
                ]}
                onChange={(value) =>
                  change({ date_order: value === '' ? undefined : (value as 'day_first' | 'month_first') })
                }
              />
              <SmallInput
                label={`Date format of ${header}`}
                placeholder="%d.%m.%Y"
                title="Letters of strptime: %Y %m %d %H %M %S %b; empty: as people write dates"
                size={10}
                value={choice?.date_format ?? ''}
                onChange={(value) => change({ date_format: value || undefined })}
              />
            </>
          ) : null}
          {isNumberType(type) ? (
            <Choice
              label={`Decimal sign of ${header}`}
              value={choice?.decimal_mark ?? ''}
              options={[
                ['', 'Decimal sign as found'],
                ['.', '1,234.5'],
                [',', '1.234,5'],
              ]}
              onChange={(value) => change({ decimal_mark: value || undefined })}
            />
          ) : null}
          <SmallInput
            label={`Words for no value in ${header}`}
            placeholder="no value: NA, –"
            title="Cells that mean “no value”, with commas between; empty: the usual words"
            size={14}
            defaultValue={words}
            onChange={(value) => change({ missing_values: value.trim() === '' ? undefined : wordsOf(value) })}
          />
        </div>
      </td>
      <td className={s.quiet}>{decision.evidence}</td>
      <td className={clsx(ui.num, decision.quarantined > 0 && s.warn)}>{count(decision.quarantined)}</td>
    </tr>
  );
}
