import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/spotlight/styles.layer.css';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import {
  type Icon,
  IconArrowDown,
  IconArrowUp,
  IconCornerDownLeft,
  IconDatabase,
  IconFileText,
  IconMessage2,
  IconMessages,
  IconSearch,
  IconUserCircle,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { conversationsQuery } from '@/api/conversations';
import { searchQuery } from '@/api/passages';
import { sourcesQuery } from '@/api/sources';
import { Kbd } from '@/components/primitives';
import { passageAddress, sizeOf } from '@/lib/words';
import s from './palette.module.css';
import { PLACES } from './places';

interface Item {
  id: string;
  group: string;
  icon: Icon;
  title: string;
  sub?: string;
  to: string;
}

const [store, spotlight] = createSpotlight();
/** How many of each group are shown before one has to write more. */
const PER_GROUP = 6;

function useItems(query: string): Item[] {
  const sources = useQuery(sourcesQuery).data?.sources ?? [];
  const conversations = useQuery(conversationsQuery).data?.conversations ?? [];
  const [words] = useDebouncedValue(query.trim(), 200);
  const passages = useQuery(searchQuery(words, undefined, PER_GROUP)).data?.passages ?? [];
  const all: Item[] = [
    ...sources.map((source) => ({
      id: `source-${source.source_id}`,
      group: 'Sources',
      icon: IconDatabase,
      title: source.source_name,
      sub: source.sentence || sizeOf(source),
      to: `/sources/${source.source_id}`,
    })),
    ...conversations.map((conversation) => ({
      id: `conversation-${conversation.id}`,
      group: 'Conversations',
      icon: IconMessages,
      title: conversation.title,
      to: `/conversation/${conversation.id}`,
    })),
    ...PLACES.map((place) => ({
      id: place.to,
      group: 'Go to',
      icon: place.icon,
      title: place.label,
      to: place.to,
    })),
    { id: 'account', group: 'Go to', icon: IconUserCircle, title: 'Profile and password', to: '/account' },
  ];
  const wanted = query.trim().toLowerCase();
  const hits = all.filter((item) => `${item.title} ${item.sub ?? ''}`.toLowerCase().includes(wanted));
  const shown: Item[] = [];
  for (const group of new Set(hits.map((hit) => hit.group))) {
    shown.push(...hits.filter((hit) => hit.group === group).slice(0, PER_GROUP));
  }
  // The server has found these; they need not have the words side by side.
  if (wanted) {
    shown.push(
      ...passages.map((hit) => ({
        id: `passage-${hit.source_id}-${hit.passage.ordinal}`,
        group: 'In documents',
        icon: IconFileText,
        title: hit.snippet.map((part) => part.text).join(''),
        sub: hit.passage.page != null ? `${hit.source_name}, page ${hit.passage.page}` : hit.source_name,
        to: passageAddress(hit.source_id, hit.passage.ordinal),
      })),
    );
  }
  if (wanted) {
    shown.push({
      id: 'ask',
      group: 'Ask',
      icon: IconMessage2,
      title: query.trim(),
      sub: 'Ask this about all sources',
      to: `/conversation?ask=${encodeURIComponent(query.trim())}`,
    });
  }
  return shown;
}

function highlight(text: string, query: string) {
  const index = query ? text.toLowerCase().indexOf(query.toLowerCase()) : -1;
  if (index < 0) return text;
  return (
    <>
      {text.slice(0, index)}
      <mark>{text.slice(index, index + query.length)}</mark>
      {text.slice(index + query.length)}
    </>
  );
}

export default function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const items = useItems(query);
  const groups = [...new Set(items.map((item) => item.group))];
  useEffect(() => spotlight.open(), []);
  // Enter should open the first hit; Spotlight selects nothing by itself.
  const firstHit = items[0]?.id;
  useEffect(() => {
    if (!firstHit) return;
    const timer = setTimeout(() => {
      const down = new KeyboardEvent('keydown', { key: 'ArrowDown', code: 'ArrowDown', bubbles: true });
      if (!document.querySelector('[data-palette-action][data-selected]')) input.current?.dispatchEvent(down);
    }, 60);
    return () => clearTimeout(timer);
  }, [firstHit]);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={520}
      size={640}
      yOffset={96}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0, color: '#0b0f10' }}
      transitionProps={{ duration: 100, transition: 'pop' }}
      classNames={{ content: s.content ?? '' }}
      aria-label="Ask, find or go to"
    >
      <Spotlight.Search
        ref={input}
        classNames={{ input: s.search ?? '' }}
        placeholder="Ask, find or go to"
        aria-label="Ask, find or go to"
        leftSection={<IconSearch size={18} stroke={1.6} />}
        leftSectionWidth={48}
      />
      <Spotlight.ActionsList className={s.list ?? ''}>
        {groups.map((group) => (
          <div key={group} className={s.group}>
            <div className={s.groupLabel}>{group}</div>
            {items
              .filter((item) => item.group === group)
              .map((item) => (
                <Spotlight.Action
                  key={item.id}
                  className={s.action ?? ''}
                  data-palette-action
                  onClick={() => navigate(item.to)}
                >
                  <span className={s.icon}>
                    <item.icon size={16} stroke={1.6} />
                  </span>
                  <span className={s.body}>
                    <p>{item.group === 'Ask' ? item.title : highlight(item.title, query.trim())}</p>
                    {item.sub ? <p className={s.sub}>{item.sub}</p> : null}
                  </span>
                </Spotlight.Action>
              ))}
          </div>
        ))}
      </Spotlight.ActionsList>
      <div className={s.foot}>
        <span>
          <Kbd>
            <IconArrowUp size={10} />
          </Kbd>
          <Kbd>
            <IconArrowDown size={10} />
          </Kbd>
          move
        </span>
        <span>
          <Kbd>
            <IconCornerDownLeft size={10} />
          </Kbd>
          open
        </span>
        <span>
          <Kbd>Esc</Kbd> close
        </span>
      </div>
    </Spotlight.Root>
  );
}
