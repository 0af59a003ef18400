import type { ParameterDefinition, ParameterType } from '@/api/types';
import { Field } from '@/components/Field';
import { Select } from '@/components/Select';
import { isList, textOf, valueText } from './parameters';

const INPUTS: Partial<Record<ParameterType, string>> = { date: 'date', timestamp: 'datetime-local' };

/** The control of one parameter, as its type wants it, with what is wrong with its value. */
export function ParameterControl({
  definition,
  values,
  problem,
  onChange,
}: {
  definition: ParameterDefinition;
  values: Record<string, string>;
  problem: string | undefined;
  onChange: (text: string) => void;
}) {
  const { name, type, choices } = definition;
  const label = definition.label ?? name;
  const text = textOf(definition, values);
  if (type === 'boolean' || (choices && choices.length > 0 && !isList(type))) {
    const options =
      type === 'boolean'
        ? [['true', 'Yes'] as [string, string], ['false', 'No'] as [string, string]]
        : (choices ?? []).map((choice): [string, string] => [valueText(choice), valueText(choice)]);
    const known = options.some(([value]) => value === text);
    return (
      <Select
        label={label}
        value={text}
        error={problem}
        options={known ? options : [[text, text || 'Choose'], ...options]}
        onChange={onChange}
      />
    );
  }
  return (
    <Field
      label={label}
      type={INPUTS[type] ?? 'text'}
      inputMode={type === 'integer' ? 'numeric' : type === 'number' ? 'decimal' : undefined}
      step={type === 'timestamp' ? 1 : undefined}
      placeholder={isList(type) ? valueText(choices) || 'One, another' : undefined}
      help={isList(type) ? 'Separated by commas.' : undefined}
      value={text}
      error={problem}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
