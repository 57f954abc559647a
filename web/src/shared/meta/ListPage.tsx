import { EntityList } from './EntityList';
import { EntityPage } from './pages';

export default function ListPage() {
  return (
    <EntityPage kind="List">{(meta) => <EntityList key={meta.name} meta={meta} />}</EntityPage>
  );
}
