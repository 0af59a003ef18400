import { IconClipboardText, IconFolderUp, IconStack2 } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { addCombined, addUploads } from '@/api/uploads';
import { ActionMenu } from '@/components/ActionMenu';
import { toast } from '@/components/toast';
import { isTable, pastedFile } from './pasted';

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function addPasted(text: string): void {
  if (isTable(text)) addUploads([pastedFile(text, new Date())]);
  else void toast('The clipboard holds no table. Copy cells of a spreadsheet, with their header, and paste again.');
}

/** A table, or files, pasted anywhere on the page. */
function usePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (isField(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTable(text)) addPasted(text);
      else if (files.length > 0) addUploads(files);
      else if (text) addPasted(text);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);
}

/** The other ways for data to come in. */
export function UploadMenu() {
  const combined = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  usePaste();
  const paste = async () => {
    try {
      addPasted(await navigator.clipboard.readText());
    } catch {
      void toast('The browser does not let this page read the clipboard. Press Ctrl+V instead.');
    }
  };
  const take = (send: (files: File[]) => void) => (event: React.ChangeEvent<HTMLInputElement>) => {
    send([...(event.target.files ?? [])].filter((file) => !file.name.startsWith('.')));
    event.target.value = '';
  };
  return (
    <>
      <input
        ref={combined}
        type="file"
        multiple
        hidden
        aria-label="Files for one table"
        onChange={take((files) => addCombined(files))}
      />
      <input
        ref={(element) => {
          folder.current = element;
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        multiple
        hidden
        aria-label="Folder to upload"
        onChange={take((files) => addUploads(files))}
      />
      <ActionMenu
        label="More ways to add data"
        actions={[
          { label: 'Files of one shape as one table', icon: IconStack2, onClick: () => combined.current?.click() },
          { label: 'A folder', icon: IconFolderUp, onClick: () => folder.current?.click() },
          { label: 'A table from the clipboard', icon: IconClipboardText, onClick: () => void paste() },
        ]}
      />
    </>
  );
}
