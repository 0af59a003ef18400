import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import type { ChartSpec, ChartType } from '@/api/types';
import { useTokens } from '@/components/useTokens';
import s from './chart.module.css';
import { Marks } from './Marks';
import { Metric } from './metric/chart';
import { CHARTS } from './registry';
import { ResultTable } from './table/chart';
import type { Mark, MarkDefinition, ResultData } from './types';

interface Drawn {
  data: ResultData;
  spec: ChartSpec;
  /** A mark is asked about: what stands behind it. */
  onMark?: (mark: Mark) => void;
}

/** A result drawn as one type; the others that fit it are the caller's to offer. */
export function ResultChart({ type, ...drawn }: Drawn & { type: ChartType }) {
  const { data, spec } = drawn;
  const definition = CHARTS[type];
  if (definition.draws === 'marks') return <MarkChart {...drawn} definition={definition} />;
  const input = { ...data, spec };
  return type === 'metric' ? <Metric input={input} /> : <ResultTable input={input} />;
}

function MarkChart({ data, spec, definition, onMark }: Drawn & { definition: MarkDefinition }) {
  const colors = useTokens();
  const { ref, width } = useElementSize();
  const wide = Math.round(width / 40) * 40;
  const drawing = useMemo(
    () => definition.draw({ ...data, spec, colors, width: wide || 640 }),
    [data, spec, definition, colors, wide],
  );
  const onPoint = onMark
    ? (series: number, index: number) => {
        const mark = drawing.markAt(series, index);
        if (mark) onMark(mark);
      }
    : undefined;
  return (
    <div ref={ref} className={s.chart}>
      {drawing.legend ? (
        <ul className={s.legend}>
          {drawing.legend.map((entry) => (
            <li key={entry.name} title={entry.name}>
              <i style={{ background: entry.color }} />
              {entry.name}
            </li>
          ))}
        </ul>
      ) : null}
      <Marks
        option={drawing.option}
        height={drawing.height}
        label={`${definition.label}: ${spec.title}`}
        onPoint={onPoint}
      />
      {drawing.note ? <p className={s.note}>{drawing.note}</p> : null}
    </div>
  );
}
