import { Button } from '@mantine/core';
import { useRouteError } from 'react-router';
import { Empty } from '@/components/Empty';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Page } from '@/components/primitives';

/** A page that broke says so and can be loaded again; the frame around it stays. */
export function PageError() {
  const error = useRouteError();
  const outdated = error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
  if (outdated) {
    return (
      <Page>
        <Empty sentence="The server has a newer version of this page.">
          <Button variant="filled" onClick={() => location.reload()}>
            Load it
          </Button>
        </Empty>
      </Page>
    );
  }
  return (
    <Page>
      <ErrorNotice error={error} onRetry={() => location.reload()} retryLabel="Reload the page" />
    </Page>
  );
}
