import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ConfirmDialogProps } from '../ConfirmDialog';
import { ErrorNotice } from '../ErrorNotice';

/** Asks before something that can not be undone; shows the error when it fails. */
export default function ConfirmDialogBody({ title, children, action, onConfirm, onClose }: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} centered radius="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 16, fontSize: 14 }}>
        <div style={{ color: 'var(--text-2)', overflowWrap: 'anywhere' }}>{children}</div>
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end" gap={8}>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="filled" color="var(--bad-fill)" loading={busy} onClick={confirm} data-autofocus>
            {action}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
