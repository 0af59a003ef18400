import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { sourceInfoQuery, versionInUse } from '@/api/files';
import type { DataSourceInfo, File } from '@/api/types';
import { Ago } from '@/components/Ago';
import { FileStages } from '@/components/FileStages';
import { Bone, Card, ChipLink, Tag, ui } from '@/components/primitives';
import { SEMANTICS } from '@/components/semantics';
import { bytes, count, plural } from '@/lib/format';
import { sizeOf } from '@/lib/words';
import { FileHead } from './FileHead';
import s from './files.module.css';
import { groupQuarantine } from './quarantine';

const SHOWN_COLUMNS = 9;
const SHOWN_GROUPS = 3;

function Quarantine({ info, id }: { info: DataSourceInfo; id: string }) {
  const groups = groupQuarantine(versionInUse(info)?.load_report);
  return (
    <>
      <div className={s.rightHead}>
        Cells in quarantine <span className={s.sub}>every row is in; these cells are empty</span>
      </div>
      <div className={s.q}>
        {groups.slice(0, SHOWN_GROUPS).map((group) => (
          <div className={s.qRow} key={`${group.column} ${group.reason}`}>
            <div>
              <b className={ui.mono}>{group.column}</b>
              <p className={s.sub}>{group.reason}</p>
            </div>
            <code className={s.raw} title={group.raw}>
              {group.raw}
            </code>
            <span className={s.qCount}>
              {group.complete ? plural(group.count, 'cell') : `at least ${plural(group.count, 'cell')}`}
            </span>
          </div>
        ))}
      </div>
      <Link to={`/sources/${id}?tab=load`} className={ui.link}>
        Show them all
      </Link>
    </>
  );
}

function Columns({ info }: { info: DataSourceInfo }) {
  const version = versionInUse(info);
  const columns = (version?.profiles ?? []).flatMap((profile) => profile.columns);
  const passages = version?.load_report.passages ?? 0;
  if (columns.length === 0 && passages > 0) {
    return (
      <div className={s.rightHead}>
        {plural(passages, 'passage')} <span className={s.sub}>can be searched, and answers quote them</span>
      </div>
    );
  }
  const left = columns.length - SHOWN_COLUMNS;
  return (
    <>
      <div className={s.rightHead}>
        {plural(columns.length, 'column')} <span className={s.sub}>types were decided on the whole file</span>
      </div>
      <div className={s.cols}>
        {columns.slice(0, left === 1 ? SHOWN_COLUMNS + 1 : SHOWN_COLUMNS).map((column, index) => {
          const { icon: Sign, label } = SEMANTICS[column.semantic_type];
          return (
            <div className={s.colBox} key={`${column.name} ${index}`}>
              <Sign size={16} stroke={1.6} />
              <div>
                <p className={s.colName} title={column.original_name}>
                  {column.name}
                </p>
                <p className={s.sub}>
                  {label}, {column.distinct_is_exact ? '' : 'about '}
                  {count(column.distinct)} values
                </p>
              </div>
            </div>
          );
        })}
      </div>
      {left > 1 ? <p className={s.sub}>and {plural(left, 'more', 'more')}</p> : null}
    </>
  );
}

/** A file that can be asked: what it is, what was noticed, what to ask first. */
export function ReadyCard({ file }: { file: File }) {
  const id = file.source_id || file.id;
  const { data: info } = useQuery(sourceInfoQuery(id));
  const source = info?.data_source_info;
  const quarantined =
    (info ? versionInUse(info) : undefined)?.load_report.tables.reduce((sum, table) => sum + table.quarantined, 0) ?? 0;
  return (
    <Card className={s.card}>
      <div className={s.left}>
        <FileHead
          name={file.filename}
          type={file.file_type}
          to={`/sources/${id}`}
          meta={
            <>
              {bytes(file.file_size)}, <Ago time={file.updated_at} />
            </>
          }
          side={
            quarantined > 0 ? (
              <Tag tone="warn">{plural(quarantined, 'cell')} set aside</Tag>
            ) : (
              <Tag tone="good">Ready</Tag>
            )
          }
        />
        {source ? <p className={s.sentence}>{source.sentence || sizeOf(source)}</p> : <Bone height={16} width="70%" />}
        <FileStages file={file} />
        <div className={s.asks}>
          {(source?.suggested_questions ?? []).slice(0, 3).map((question) => (
            <ChipLink key={question} to={`/conversation?ask=${encodeURIComponent(question)}`}>
              {question}
            </ChipLink>
          ))}
        </div>
      </div>
      <div className={s.right}>
        {info ? quarantined > 0 ? <Quarantine info={info} id={id} /> : <Columns info={info} /> : <Bone height={120} />}
      </div>
    </Card>
  );
}
