import type { ParameterDefinition, ParameterType } from '@/api/types';
import { Choice, SmallInput } from '@/components/Choice';
import { readValue, TYPES, valueText } from '../parameters';
import p from './panels.module.css';

type Change = Partial<Record<'label' | 'default_value' | 'choices', unknown>> & { type?: ParameterType };

/** Left out rather than empty. */
function changed(definition: ParameterDefinition, change: Change): ParameterDefinition {
  const next = { ...definition, ...change } as Record<string, unknown>;
  for (const [key, value] of Object.entries(next)) if (value === undefined) delete next[key];
  return next as unknown as ParameterDefinition;
}

/** What was written, as the type has it; text that is none is kept as it is, and the server says so. */
function typedValue(type: ParameterType, text: string): unknown {
  if (text.trim() === '') return undefined;
  const read = readValue(type, text);
  return 'problem' in read ? text : read.value;
}

const listTypes: Partial<Record<ParameterType, ParameterType>> = {
  text_list: 'text',
  integer_list: 'integer',
  number_list: 'number',
};

function choicesOf(type: ParameterType, text: string): unknown[] | undefined {
  const one = listTypes[type] ?? type;
  const values = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => typedValue(one, part));
  return values.length > 0 ? values : undefined;
}

/** How each parameter is shown to whoever runs the query. */
export function DefinitionFields({
  definitions,
  onChange,
}: {
  definitions: ParameterDefinition[];
  onChange: (definitions: ParameterDefinition[]) => void;
}) {
  const set = (name: string, change: Change) =>
    onChange(definitions.map((one) => (one.name === name ? changed(one, change) : one)));
  return (
    <>
      {definitions.map(({ name, type, label, default_value, choices }) => (
        <fieldset key={name} className={p.definition}>
          <legend>
            Parameter <code>{name}</code>
          </legend>
          <Choice
            label={`Type of ${name}`}
            value={type}
            options={TYPES}
            onChange={(next) =>
              set(name, { type: next as ParameterType, default_value: undefined, choices: undefined })
            }
          />
          <SmallInput
            label={`Label of ${name}`}
            placeholder="Label"
            value={label ?? ''}
            onChange={(text) => set(name, { label: text || undefined })}
          />
          <SmallInput
            key={`default-${type}`}
            label={`Default of ${name}`}
            placeholder="Default"
            defaultValue={valueText(default_value)}
            onChange={(text) => set(name, { default_value: typedValue(type, text) })}
          />
          <SmallInput
            key={`choices-${type}`}
            label={`Choices of ${name}`}
            placeholder="Choices, separated by commas"
            defaultValue={valueText(choices)}
            onChange={(text) => set(name, { choices: choicesOf(type, text) })}
          />
        </fieldset>
      ))}
    </>
  );
}
