"""The statements that fill a database of a country's size, each with invented names and plain numbers."""

FUNCTIONS = """
create function pg_temp.made(kind int, i bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex(1764000000000 + i * 7), 12, '0') || '7' || lpad(to_hex(kind), 3, '0')
            || '8' || lpad(to_hex(i), 15, '0'))::uuid $$;
create function pg_temp.one(words text[], i bigint) returns text language sql immutable as $$
    select words[1 + i % cardinality(words)] $$;
create function pg_temp.skewed(i bigint, among int) returns int language sql immutable as $$
    select 1 + floor(among * power(('x' || substr(md5(i::text), 1, 7))::bit(28)::int / 268435456.0, 3))::int $$;
create function pg_temp.placed(name text) returns text language sql immutable as $$
    select translate(lower(name), 'åäö', '{|}') $$;
"""
WORDS = """
array['Ikäihmisten','Nuorten','Perheiden','Kylän','Muisti','Mielen','Liikunta','Ystävä','Vapaaehtois','Eläke','Omais',
'Veteraani','Kulttuuri','Ranta','Metsä','Järvi','Pohjan','Lapin','Kainuun','Savon','Hämeen','Saariston','Koti','Lähi',
'Lasten','Naisten','Miesten','Sydän','Hengitys','Näkö','Kuulo','Reuma','Diabetes','Syöpä','Päihde','Raittius','Rauhan',
'Luonto','Lintu','Kala','Eräs','Hiihto','Suunnistus','Uinti','Pallo','Musiikki','Kuoro','Soitto','Teatteri','Kuva',
'Käsityö','Kirja','Kieli','Historia','Sukututkimus','Asukas','Kaupungin','Torppari','Maatalous','Puutarha','Kennel']
"""
KINDS = """
array['tuki','apu','yhdistys','toiminta','kerho','seura','talo','piiri','verkosto','tupa','ystävät','kumppanit','liitto',
'kilta','osasto','toimikunta','säätiö','keskus','pirtti','väki','kansa','palvelu','neuvonta','foorumi','rengas','ryhmä',
'työ','hanke','paja','kahvila','kammari','kontti','tori','polku','silta','majakka','satama','pesä','juuret','siivet',
'voimat','ilo','elämä','arki','hetki','huomen','kaari','kehto','linna','lähde','niemi','salmi','harju','vaara']
"""
FORMS = """
array['ry','ry','ry','rf','yhdistys ry','kannatusyhdistys ry','osuuskunta','sr']
"""
"""With the towns some three thousand distinct words, and as many names as there are organisations."""

BULK: tuple[str, ...] = (
    """
    insert into organisation (id, created_at, updated_at, version, names, sort_key, search_text, sector, legal_form,
        association_register_number, home_municipality_code, municipality_codes, state, name_keys, confirmed_at, source)
    select pg_temp.made(1, i), now(), now(), 1, jsonb_build_object('fi', name), pg_temp.placed(name), lower(name),
        'association', 'registered_association', (1000000 + i)::text, code, array[code], 'active',
        array[lower(replace(name, ' ry', ''))], now(), 'imported'
    from (select i, town.name || ' ' || pg_temp.one({words}, i * 7) || pg_temp.one({kinds}, i / 5)
                 || case when i % 9 = 0 then ' ' || i else '' end || ' ' || pg_temp.one({forms}, i / 3) as name,
                 town.code
          from generate_series(1, {organisations}) i join
              (select code, names->>'fi' as name, row_number() over (order by code) as place
               from municipality) town on town.place = pg_temp.skewed(i, 300)) made
    """,
    """
    insert into network (id, created_at, updated_at, version, names, sort_key, search_text, kind, state, decides,
        prefix, municipality_codes, wellbeing_county_codes, target_groups)
    select pg_temp.made(2, i), now(), now(), 1, jsonb_build_object('fi', name), pg_temp.placed(name), lower(name),
        'thematic_network', 'active', true, 'B' || i, '{{}}', '{{}}', '{{}}'
    from (select i, pg_temp.one({words}, i) || ' kumppanit ' || i as name from generate_series(1, {networks}) i) made
    """,
    """
    insert into network_member (id, created_at, updated_at, version, network_id, organisation_id, state, votes,
        joined_at)
    select pg_temp.made(3, n * 100 + k), now(), now(), 1, pg_temp.made(2, n),
        pg_temp.made(1, 1 + (n * 37 + k * 101) % {organisations}), 'active', true, now()
    from generate_series(1, {networks}) n, generate_series(0, least(14, {organisations} - 1)) k
    on conflict do nothing
    """,
    """
    insert into application (id, created_at, updated_at, version, applicant_id, state, title, language, content,
        private, amount_cents, current_version)
    select pg_temp.made(4, i), now() - i * interval '1 minute', now() - i * interval '1 minute', 1,
        pg_temp.made(1, 1 + i * 13 % {organisations}), 'active', pg_temp.one({words}, i * 3) || ' hanke ' || i, 'fi',
        base.content, base.private, 100000 + i % 900000, 1
    from generate_series(1, {applications}) i, {base} base
    """,
    """
    insert into application_version (id, created_at, application_id, number, title, content, private, salt,
        submitted_by, submitted_for_organisation_id)
    select pg_temp.made(5, i), a.created_at, a.id, 1, a.title, v.content, v.private, v.salt, v.submitted_by,
        a.applicant_id
    from generate_series(1, {applications}) i join application a on a.id = pg_temp.made(4, i),
        {base} base join application_version v on v.application_id = base.id and v.number = base.current_version
    """,
    """
    insert into application_network (application_id, network_id)
    select pg_temp.made(4, i), pg_temp.made(2, pg_temp.skewed(i, {networks}))
    from generate_series(1, {applications}) i
    """,
    """
    insert into application_applicant (application_id, organisation_id, asked_at, reminded, answer, answered_at)
    select pg_temp.made(4, i), pg_temp.made(1, 1 + (i * 13 + 7) % {organisations}), now(), 0, 'accepted', now()
    from generate_series(1, {applications}, 5) i
    """,
    """
    insert into version_applicant (application_id, version_number, organisation_id, place, names, business_id,
        host_ids)
    select a.id, 1, o.id, 0, o.names, o.business_id, '{{}}'::uuid[]
    from generate_series(1, {applications}) i join application a on a.id = pg_temp.made(4, i)
        join organisation o on o.id = a.applicant_id
    union all
    select pg_temp.made(4, i), 1, o.id, 1, o.names, o.business_id, '{{}}'::uuid[]
    from generate_series(1, {applications}, 5) i
        join organisation o on o.id = pg_temp.made(1, 1 + (i * 13 + 7) % {organisations})
    """,
    """
    insert into handling (id, created_at, updated_at, version, application_id, network_id, version_number, state,
        received_at, handle_by, decides, agreed_member_ids)
    select pg_temp.made(6, i), now() - i * interval '1 minute', now(), 1, pg_temp.made(4, i),
        pg_temp.made(2, pg_temp.skewed(i, {networks})), 1,
        (array['received', 'in_review', 'endorsed', 'endorsed', 'declined'])[1 + i % 5],
        now() - i * interval '1 minute', current_date + (i % 60)::int, true, '{{}}'
    from generate_series(1, {applications}) i
    """,
    """
    insert into endorsement (id, created_at, updated_at, version, number, network_id, application_id, handling_id,
        version_number, snapshot, digest, conditions, condition_notes, state, issued_at, valid_from, valid_until,
        credential, kid, status_index)
    select pg_temp.made(7, i), now(), now(), 1, 'B' || n || '-2026-' || lpad(i::text, 7, '0'), pg_temp.made(2, n),
        pg_temp.made(4, i), pg_temp.made(6, i), 1, e.snapshot, e.digest, '[]', '[]', 'valid',
        now() - i * interval '1 minute', current_date - 10, current_date + 400, e.credential, e.kid, 10000000 + i
    from (select i, pg_temp.skewed(i, {networks}) as n from generate_series(1, {applications}) i
          where i % 5 in (2, 3)) made,
        (select * from endorsement limit 1) e
    """,
    """
    insert into partner_request (id, created_at, updated_at, version, application_id, authority_id, version_number,
        case_number, state, arrived_at, supplements, contributions)
    select pg_temp.made(8, i), now(), now(), 1, pg_temp.made(4, i), a.id, 1, 'B/' || i, 'arrived',
        now() - i * interval '1 minute', '[]', '[]'
    from generate_series(1, {applications}) i
    join (select id, row_number() over (order by id) as place from organisation where sector = 'municipality') a
        on a.place = 1 + pg_temp.skewed(i * 3, 200)
    where i % 3 = 0
    """,
    """
    update partner_request set state = (array['referred', 'in_preparation'])[1 + i / 2 % 2]
    from generate_series(1, {applications}) i where partner_request.id = pg_temp.made(8, i) and i % 4 >= 2
    """,
    """
    insert into gate_requirement (id, created_at, partner_request_id, application_id, version_number, stage,
        network_ids, lets_open_conditions, cause, cause_version)
    select pg_temp.made(10, i), now(), r.id, r.application_id, 1, r.state,
        array[pg_temp.made(2, pg_temp.skewed(i, {networks}))], false, 'named', 1
    from generate_series(1, {applications}) i join partner_request r on r.id = pg_temp.made(8, i)
    where r.state <> 'in_preparation'
    """,
    """
    insert into need (id, created_at, updated_at, version, network_id, municipality_code, target_groups, title,
        sort_key, description, language, raised_by, state)
    select pg_temp.made(9, i), now(), now(), 1, pg_temp.made(2, pg_temp.skewed(i, {networks})), '564', '{{}}',
        'Tarve ' || i, 'tarve ' || i, 'Kuvaus', 'fi', (select id from app_user limit 1), 'agreed'
    from generate_series(1, {networks} * 10) i
    """,
    """
    insert into agreement (id, created_at, updated_at, version, kind, state, title, sort_key, language, starts_on,
        ends_on, content, private, drafted_by_organisation_id, current_version, version_in_force, in_force_on)
    select pg_temp.made(16, i), now() - i * interval '1 minute', now(), 1, 'partnership', 'in_force',
        pg_temp.one({words}, i * 3) || ' sopimus ' || i, 'sopimus ' || i, 'fi', v.starts_on, v.ends_on, v.content,
        '{{}}', pg_temp.made(1, 1 + i * 13 % {organisations}), 1, 1, current_date
    from generate_series(1, {agreements}) i, {agreed} v
    """,
    """
    insert into agreement_party (agreement_id, organisation_id, place, informed)
    select pg_temp.made(16, i), pg_temp.made(1, 1 + i * 13 % {organisations}), 0, true
    from generate_series(1, {agreements}) i
    union all
    select pg_temp.made(16, i), m.id, 1, true from generate_series(1, {agreements}) i
    join (select id, row_number() over (order by id) as place from organisation where sector = 'municipality') m
        on m.place = pg_temp.skewed(i * 3, 200)
    """,
    """
    insert into agreement_version (id, created_at, agreement_id, number, title, starts_on, ends_on, content, snapshot,
        digest, proposed_by, proposed_for_organisation_id)
    select pg_temp.made(17, i), a.created_at, a.id, 1, a.title, v.starts_on, v.ends_on, v.content, v.snapshot,
        v.digest, v.proposed_by, a.drafted_by_organisation_id
    from generate_series(1, {agreements}) i join agreement a on a.id = pg_temp.made(16, i), {agreed} v
    """,
    """
    insert into agreement_duty (id, created_at, agreement_id, organisation_id, kind, year, report_name, opens_on,
        due_on, state, reminders_sent, remind_on)
    select gen_random_uuid(), now(), p.agreement_id, p.organisation_id, 'confirmation', 2026 + y, '',
        current_date + y * 365 - 60, current_date + y * 365, 'open', 0, current_date + y * 365 - 60
    from generate_series(1, {agreements}) i join agreement_party p on p.agreement_id = pg_temp.made(16, i),
        generate_series(1, 5) y
    """,
    """
    update agreement_version set content = content || '{{"public": true}}'
    where id in (select pg_temp.made(17, i) from generate_series(1, {agreements}, 10) i)
    """,
    """
    insert into report (id, created_at, updated_at, version, subject_kind, subject_id, subject_title, organisation_id,
        year, language, state, content, submitted, submitted_at)
    select gen_random_uuid(), now() - (i * 3 + y) * interval '1 minute', now(), 1, 'agreement', a.id,
        jsonb_build_object('fi', a.title), a.drafted_by_organisation_id, 2026 - y, 'fi', 'submitted',
        '{{"activities": "Kerho"}}', '{{"activities": "Kerho"}}', now()
    from generate_series(1, {agreements}) i join agreement a on a.id = pg_temp.made(16, i), generate_series(1, 3) y
    """,
    """
    insert into event (id, occurred_at, type, tier, subject_kind, subject_id, related, changed, data)
    select pg_temp.made(10, i), now() - i * interval '1 minute', 'application.submitted', 'parties', 'application',
        pg_temp.made(4, i), '{{}}', '{{}}', '{{}}'
    from generate_series(1, {applications}) i
    """,
    """
    with state as (select last_position as last from event_sequence), fresh as (
        insert into event_position (position, event_id, occurred_at)
        select state.last + row_number() over (order by event.xid, event.id), event.id, event.occurred_at
        from event, state where not exists (select from event_position p where p.event_id = event.id)
        returning position)
    update event_sequence set last_position = (select max(position) from fresh)
    """,
    """
    insert into role_grant (id, created_at, principal_id, scope_kind, scope_id, role)
    select pg_temp.made(11, i), now(), u.id, 'network', pg_temp.made(2, i), 'coordinator'
    from generate_series(1, least(40, {networks})) i,
        (select id from app_user where email = 'coordinator.elamankaari@demo.example') u
    """,
    """
    insert into role_grant (id, created_at, principal_id, scope_kind, scope_id, role)
    select pg_temp.made(12, i), now(), pg_temp.made(13, i / 2), 'organisation', pg_temp.made(1, i),
        pg_temp.one(array['owner', 'editor', 'viewer'], i)
    from generate_series(1, {organisations}) i
    """,
    """
    insert into role_grant (id, created_at, principal_id, scope_kind, scope_id, role, for_organisation_id)
    select pg_temp.made(14, i), now(), pg_temp.made(15, i), 'network', m.network_id, 'representative',
        m.organisation_id
    from (select row_number() over () as i, network_id, organisation_id from network_member
          where network_id in (select pg_temp.made(2, n) from generate_series(1, {networks}) n)) m
    """,
    """
    insert into tie (id, created_at, principal_id, organisation_id, kind, from_at, grant_id)
    select pg_temp.made(16, row_number() over ()::int), created_at, principal_id, organisation_id, 'role', created_at,
        id
    from (select g.*, case when scope_kind = 'organisation' then scope_id else for_organisation_id end organisation_id
          from role_grant g where not exists (select from tie where tie.grant_id = g.id)) held
    where organisation_id is not null
    """,
)  # fmt: skip
BASE = """
(select application.* from application join application_version v on v.application_id = application.id
 and v.number = current_version where state = 'active' order by application.id limit 1)
"""


AGREED = """
(select v.* from agreement_version v join agreement a on a.id = v.agreement_id and a.version_in_force = v.number
 order by v.id limit 1)
"""
