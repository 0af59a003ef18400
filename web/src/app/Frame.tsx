import { RequireSession } from './RequireSession';
import { Shell } from './Shell';

export default function Frame() {
  return (
    <RequireSession>
      <Shell />
    </RequireSession>
  );
}
