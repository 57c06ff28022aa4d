-- A message that no campaign asked for says which notice it is: consent_result, consent_reconfirm.
alter table outbox add column notice text;
-- What the picture of a message that is no mail needs: form and sender of a text message, buttons of a Kakao message ... (JSON).
alter table inbox add column shown text;

-- The channel of a message step is its content's; it used to stand beside it as well.
create function danggol_without_step_channel(flow text) returns text language sql immutable as $$
  select jsonb_set(flow::jsonb, '{steps}', coalesce(
    (select jsonb_agg(case when step->>'kind' = 'message' then step - 'channel' else step end order by place)
     from jsonb_array_elements(flow::jsonb->'steps') with ordinality as s(step, place)), '[]'))::text
$$;
update campaigns set draft = danggol_without_step_channel(draft) where draft::jsonb ? 'steps';
update campaign_versions set flow = danggol_without_step_channel(flow) where flow::jsonb ? 'steps';
drop function danggol_without_step_channel(text);
