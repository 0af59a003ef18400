import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { Menu, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { logOut } from '@/api/auth';
import { Avatar, initialsOf } from '@/components/primitives';
import s from './shell.module.css';
import { useSession } from './useSession';

export default function AccountMenuBody() {
  const session = useSession();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  const user = session?.user;
  const name = user?.full_name || user?.email || 'Account';
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={s.avatarButton} aria-label={`Account of ${name}, ${initialsOf(name)}`}>
          <Avatar name={name} size={26} me />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={s.who}>
          <b>{name}</b>
          {user ? <span>{user.email}</span> : null}
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} stroke={1.6} />} onClick={() => navigate('/account')}>
          Profile and password
        </Menu.Item>
        <Menu.Item
          leftSection={dark ? <IconSun size={16} stroke={1.6} /> : <IconMoon size={16} stroke={1.6} />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? 'Light theme' : 'Dark theme'}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void logOut()}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
