import { useParams } from 'react-router';
import { EntityDetail } from './EntityDetail';
import { EntityPage } from './pages';

export default function DetailPage() {
  const { id = '' } = useParams();
  return (
    <EntityPage kind="Detail">
      {(meta) => <EntityDetail key={`${meta.name}/${id}`} meta={meta} id={id} />}
    </EntityPage>
  );
}
