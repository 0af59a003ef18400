import type { ParameterDefinition, ParameterType } from '@/api/types';
import { Choice } from '@/components/Choice';
import { ParameterControl } from './ParameterControl';
import { readValue, TYPES, textOf } from './parameters';
import s from './parameters.module.css';
import { type QueryTab, useTabs } from './tabs';

/** The parameters of the tab's text, each with its type and its value. */
export function ParameterStrip({
  tab,
  definitions,
  tried,
  refused,
}: {
  tab: QueryTab;
  definitions: ParameterDefinition[];
  /** A run was asked for: what is missing is said. */
  tried: boolean;
  /** What the server says of a value, by name. */
  refused: Record<string, string>;
}) {
  const change = useTabs((tabs) => tabs.change);
  if (definitions.length === 0) return null;
  const retype = (definition: ParameterDefinition, type: ParameterType) =>
    change(tab.id, {
      definitions: [...tab.definitions.filter((one) => one.name !== definition.name), { ...definition, type }],
    });
  return (
    <section className={s.strip} aria-label="Parameters">
      {definitions.map((definition) => {
        const text = textOf(definition, tab.values);
        const read = readValue(definition.type, text);
        const problem = 'problem' in read && (tried || text !== '') ? read.problem : refused[definition.name];
        return (
          <div key={definition.name} className={s.parameter}>
            <ParameterControl
              definition={definition}
              values={tab.values}
              problem={problem}
              onChange={(next) => change(tab.id, { values: { ...tab.values, [definition.name]: next } })}
            />
            <Choice
              label={`Type of ${definition.name}`}
              value={definition.type}
              options={TYPES}
              onChange={(type) => retype(definition, type as ParameterType)}
            />
          </div>
        );
      })}
    </section>
  );
}
