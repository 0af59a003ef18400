import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { Empty } from '@/components/Empty';
import { Page } from '@/components/primitives';

export default function NotFound() {
  return (
    <Page>
      <Empty sentence="There is no page at this address.">
        <Button variant="filled" component={Link} to="/">
          Go to Home
        </Button>
      </Empty>
    </Page>
  );
}
