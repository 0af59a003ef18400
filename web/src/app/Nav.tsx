import { ActionIcon } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { filesQuery } from '@/api/files';
import { isRunning } from '@/api/progress';
import { Mark } from '@/components/Mark';
import { Tip } from '@/components/Tip';
import { plural } from '@/lib/format';
import { PLACES, placeOf } from './places';
import s from './shell.module.css';
import { useUi } from './ui-store';
import { useSession } from './useSession';

/** How many files want attention: running ones, or failed ones. */
function useFileCount() {
  const { data } = useQuery(filesQuery);
  const failed = data?.files.filter((file) => file.processing_status === 'failed').length ?? 0;
  const running = data?.files.filter(isRunning).length ?? 0;
  if (running > 0) return { count: running, tone: 'accent', words: `${plural(running, 'file')} being read` };
  if (failed > 0) return { count: failed, tone: 'warn', words: `${plural(failed, 'file')} could not be read` };
  return null;
}

export function Nav() {
  const { pathname } = useLocation();
  const active = placeOf(pathname);
  const collapsed = useUi((ui) => ui.navCollapsed);
  const toggle = useUi((ui) => ui.toggleNav);
  const files = useFileCount();
  const user = useSession()?.user;
  const workspace = user?.workspaces?.find((one) => one.id === user.workspace_id)?.name;
  const groups = [...new Set(PLACES.map((place) => place.group))];
  return (
    <aside className={s.nav}>
      <Link to="/" className={s.workspace} aria-label={`${workspace ?? 'Sextant'}, home`}>
        <i className={s.mark}>
          <Mark />
        </i>
        <span title={workspace}>{workspace ?? 'Sextant'}</span>
      </Link>
      <nav className={s.places} aria-label="Places">
        {groups.map((group) => (
          <div className={s.group} key={group}>
            {PLACES.filter((place) => place.group === group).map((place) => (
              <Link
                key={place.to}
                to={place.to}
                className={s.place}
                data-active={active === place}
                aria-current={active === place ? 'page' : undefined}
                title={place.label}
              >
                <place.icon size={16} stroke={1.6} />
                <span>{place.label}</span>
                {place.to === '/files' && files ? (
                  <span
                    className={s.count}
                    data-tone={files.tone}
                    role="img"
                    aria-label={files.words}
                    title={files.words}
                  >
                    {files.count}
                  </span>
                ) : null}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className={s.navFoot}>
        <Tip label={collapsed ? 'Show names' : 'Collapse'} position="right">
          <ActionIcon
            onClick={toggle}
            className={s.collapse}
            aria-label={collapsed ? 'Expand navigation' : 'Collapse navigation'}
          >
            {collapsed ? (
              <IconLayoutSidebarLeftExpand size={16} stroke={1.6} />
            ) : (
              <IconLayoutSidebarLeftCollapse size={16} stroke={1.6} />
            )}
          </ActionIcon>
        </Tip>
      </div>
    </aside>
  );
}
