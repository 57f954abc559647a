import { useParams } from 'react-router';
import { EntityFormPage } from './EntityForm';
import { EntityPage } from './pages';

export default function FormPage() {
  const { id } = useParams();
  return (
    <EntityPage kind="Form">
      {(meta) => <EntityFormPage key={`${meta.name}/${id}`} meta={meta} id={id} />}
    </EntityPage>
  );
}
