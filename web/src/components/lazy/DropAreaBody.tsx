import '@mantine/dropzone/styles.layer.css';
import { Dropzone } from '@mantine/dropzone';
import { IconUpload } from '@tabler/icons-react';
import { addUploads } from '@/api/uploads';
import { DropAreaInner, type DropAreaProps } from '../DropArea';
import d from '../drop.module.css';

export default function DropAreaBody({ title, children }: DropAreaProps) {
  return (
    <>
      <Dropzone
        className={d.drop ?? ''}
        unstyled
        styles={{ inner: { display: 'contents' } }}
        onDrop={(files) => addUploads(files)}
        inputProps={{ 'aria-label': title }}
      >
        <DropAreaInner title={title}>{children}</DropAreaInner>
      </Dropzone>
      <Dropzone.FullScreen
        active
        onDrop={(files) => addUploads(files)}
        className={d.full ?? ''}
        styles={{ inner: { pointerEvents: 'none' } }}
      >
        <div className={d.fullText}>
          <IconUpload size={28} stroke={1.6} />
          <b>Let go to upload</b>
        </div>
      </Dropzone.FullScreen>
    </>
  );
}
