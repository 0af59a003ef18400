import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import { useCrumbStore } from '@/components/crumb';
import { Mark } from '@/components/Mark';
import { Kbd } from '@/components/primitives';
import { AccountMenu } from './AccountMenu';
import { Bell } from './Bell';
import { placeOf } from './places';
import s from './shell.module.css';

const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

export function TopBar({ openPalette }: { openPalette: () => void }) {
  const { pathname } = useLocation();
  const place = placeOf(pathname);
  const leaf = useCrumbStore((state) => state.leaf);
  const name = place?.label ?? (pathname === '/account' ? 'Account' : 'Sextant');
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  useEffect(() => {
    document.title = [leaf, name === 'Sextant' ? null : name, 'Sextant'].filter(Boolean).join(' · ');
  }, [leaf, name]);
  return (
    <header className={s.top}>
      <div className={s.crumbs}>
        <Link to="/" className={s.onlyMobile} style={{ color: 'var(--accent)' }} aria-label="Home">
          <Mark size={22} />
        </Link>
        {leaf ? (
          <>
            <Link to={place?.to ?? '/'} className={s.wide}>
              {name}
            </Link>
            <span className={s.wide} aria-hidden>
              /
            </span>
            <b title={leaf}>{leaf}</b>
          </>
        ) : (
          <b>{name}</b>
        )}
      </div>
      <button type="button" className={s.command} onClick={openPalette}>
        <IconSearch size={14} stroke={1.75} />
        Ask, find or go to
        <Kbd>{isMac ? '⌘ K' : 'Ctrl K'}</Kbd>
      </button>
      <ActionIcon className={s.onlyMobile} size={44} onClick={openPalette} aria-label="Ask, find or go to">
        <IconSearch size={18} stroke={1.6} />
      </ActionIcon>
      <Bell />
      <ActionIcon
        className={s.wide}
        aria-label={dark ? 'Use the light theme' : 'Use the dark theme'}
        size={32}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size={17} stroke={1.6} /> : <IconMoon size={17} stroke={1.6} />}
      </ActionIcon>
      <AccountMenu />
    </header>
  );
}
