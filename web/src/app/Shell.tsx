import { useHotkeys } from '@mantine/hooks';
import { IconUserCircle } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { Guard } from '@/components/Guard';
import { Nav } from './Nav';
import { PLACES, placeOf } from './places';
import { RealtimeBridge } from './RealtimeBridge';
import s from './shell.module.css';
import { TopBar } from './TopBar';
import { Tray } from './Tray';
import { useUi } from './ui-store';

const Palette = lazy(() => import('./Palette'));
const Toasts = lazy(() => import('./Toasts'));

/** True after the first paint: what can wait is loaded then. */
function useAfterPaint(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPainted(true), 0);
    return () => clearTimeout(timer);
  }, []);
  return painted;
}

function TabBar() {
  const { pathname } = useLocation();
  const active = placeOf(pathname);
  return (
    <nav className={s.tabbar} aria-label="Places">
      {PLACES.filter((place) => place.short).map((place) => (
        <Link
          key={place.to}
          to={place.to}
          className={s.tab}
          data-active={active === place}
          aria-current={active === place ? 'page' : undefined}
        >
          <place.icon size={20} stroke={1.6} />
          {place.short}
        </Link>
      ))}
      <Link to="/account" className={s.tab} data-active={pathname === '/account'}>
        <IconUserCircle size={20} stroke={1.6} />
        Account
      </Link>
    </nav>
  );
}

export function Shell() {
  const collapsed = useUi((ui) => ui.navCollapsed);
  const [palette, setPalette] = useState(false);
  const painted = useAfterPaint();
  useHotkeys([['mod+K', () => setPalette(true)]], []);
  return (
    <div className={s.frame} data-collapsed={collapsed}>
      <a href="#content" className={s.skip}>
        Skip to the page
      </a>
      <Nav />
      <div className={s.main}>
        <TopBar openPalette={() => setPalette(true)} />
        <Outlet />
      </div>
      <TabBar />
      <Guard>
        <Tray />
      </Guard>
      <RealtimeBridge />
      <Suspense>{palette ? <Palette onClose={() => setPalette(false)} /> : null}</Suspense>
      <Suspense>{painted ? <Toasts /> : null}</Suspense>
    </div>
  );
}
