-- What guards the data, from the catalogs: tables, columns, constraints, indexes, triggers, rules,
-- functions, rights.  One line each, sorted; the same text for every database that the migrations
-- made, whatever its name and whoever made it, and another one as soon as somebody switched a
-- trigger off, replaced a function, dropped a constraint, or gave a right away.  The expected text
-- lies beside this file, in guards.txt, and goes into the program.  After a change of the
-- migrations it is made anew, from a database that was just made, with
--
--     python3 tests/postgres/same_schema.py --update
--
-- Names are written without `etalase.`, so that the text does not depend on the search path.
-- Settings of storage (fillfactor, autovacuum) are the administrator's to tune and not here.
WITH here AS (
    SELECT n.oid, n.nspowner, n.nspacl FROM pg_catalog.pg_namespace n WHERE n.nspname = 'etalase'
), tables AS (
    SELECT c.oid, c.relname, c.relkind, c.relpersistence, c.relowner, c.relacl, c.relrowsecurity,
           c.relforcerowsecurity
      FROM pg_catalog.pg_class c
      JOIN here h ON h.oid = c.relnamespace
     WHERE c.relkind NOT IN ('i', 'I', 't', 'c')
), functions AS (
    SELECT p.oid, p.proname, p.proowner, p.prosecdef, p.provolatile, p.proconfig, p.prosrc,
           p.proacl, l.lanname, pg_catalog.pg_get_function_identity_arguments(p.oid) AS args,
           pg_catalog.pg_get_function_result(p.oid) AS gives
      FROM pg_catalog.pg_proc p
      JOIN here h ON h.oid = p.pronamespace
      JOIN pg_catalog.pg_language l ON l.oid = p.prolang
), rights AS (
    -- Of objects to whom they do not belong; without an entry the built-in ones are in force.
    SELECT 'schema etalase' AS what, h.nspowner AS owner,
           coalesce(h.nspacl, pg_catalog.acldefault('n', h.nspowner)) AS acl
      FROM here h
     UNION ALL
    SELECT 'table ' || t.relname, t.relowner,
           coalesce(t.relacl, pg_catalog.acldefault('r', t.relowner))
      FROM tables t
     UNION ALL
    SELECT 'column ' || t.relname || '.' || a.attname, t.relowner, a.attacl
      FROM tables t
      JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid
     WHERE a.attacl IS NOT NULL
     UNION ALL
    SELECT 'function ' || f.proname, f.proowner,
           coalesce(f.proacl, pg_catalog.acldefault('f', f.proowner))
      FROM functions f
), lines AS (
    SELECT 'schema etalase: owner ' || pg_catalog.pg_get_userbyid(h.nspowner) AS line FROM here h
     UNION ALL
    SELECT 'table ' || t.relname || ': kind ' || t.relkind::text || ', persistence '
           || t.relpersistence::text
           || ', owner ' || pg_catalog.pg_get_userbyid(t.relowner)
           || CASE WHEN t.relrowsecurity OR t.relforcerowsecurity THEN ', row security' ELSE '' END
           || CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_inherits i
                                 WHERE t.oid IN (i.inhrelid, i.inhparent))
                   THEN ', inheritance' ELSE '' END
      FROM tables t
     UNION ALL
    SELECT 'column ' || t.relname || ' ' || pg_catalog.lpad(a.attnum::text, 2, '0') || ' '
           || a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod)
           || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
           || CASE WHEN a.attcollation <> 0
                   THEN ' collate ' || (SELECT c.collname FROM pg_catalog.pg_collation c
                                         WHERE c.oid = a.attcollation)
                   ELSE '' END
           || coalesce(' default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid), '')
           || CASE WHEN a.attidentity <> '' OR a.attgenerated <> '' THEN ' generated' ELSE '' END
      FROM tables t
      JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     UNION ALL
    SELECT 'constraint ' || t.relname || ' ' || c.conname || ': '
           || pg_catalog.replace(pg_catalog.pg_get_constraintdef(c.oid), 'etalase.', '')
           || CASE WHEN c.convalidated THEN '' ELSE ', not validated' END
           -- A foreign key is kept by triggers of its own, on both tables.
           || CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_trigger g
                                 WHERE g.tgconstraint = c.oid AND g.tgenabled <> 'O')
                   THEN ', switched off' ELSE '' END
      FROM tables t
      JOIN pg_catalog.pg_constraint c ON c.conrelid = t.oid AND c.contype IN ('p', 'u', 'f', 'c')
     UNION ALL
    SELECT 'index ' || t.relname || ' ' || x.relname || ': '
           || pg_catalog.replace(pg_catalog.pg_get_indexdef(i.indexrelid), 'etalase.', '')
           || CASE WHEN i.indisvalid AND i.indisready THEN '' ELSE ', not valid' END
      FROM tables t
      JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
      JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
     UNION ALL
    SELECT 'trigger ' || t.relname || ' ' || g.tgname || ': '
           || pg_catalog.replace(pg_catalog.pg_get_triggerdef(g.oid), 'etalase.', '')
           || CASE WHEN g.tgenabled = 'O' THEN '' ELSE ', enabled ' || g.tgenabled::text END
      FROM tables t
      JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
     UNION ALL
    SELECT 'rule ' || t.relname || ' ' || r.rulename
      FROM tables t
      JOIN pg_catalog.pg_rewrite r ON r.ev_class = t.oid
     UNION ALL
    SELECT 'policy ' || t.relname || ' ' || p.polname
      FROM tables t
      JOIN pg_catalog.pg_policy p ON p.polrelid = t.oid
     UNION ALL
    SELECT 'function ' || f.proname || ' (' || f.args || '): ' || f.lanname || ', owner '
           || pg_catalog.pg_get_userbyid(f.proowner) || ', ' || f.provolatile::text
           || CASE WHEN f.prosecdef THEN ', security definer' ELSE '' END
           || coalesce(', set ' || pg_catalog.array_to_string(f.proconfig, ', '), '')
           || ', gives ' || f.gives || ', sha256 '
           || pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(f.prosrc, 'UTF8')), 'hex')
      FROM functions f
     UNION ALL
    SELECT 'right on ' || r.what || ': '
           || CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(x.grantee) END
           || ' ' || x.privilege_type
           || CASE WHEN x.is_grantable THEN ', may pass it on' ELSE '' END
      FROM rights r
     CROSS JOIN LATERAL pg_catalog.aclexplode(r.acl) x
     WHERE x.grantee <> r.owner
     UNION ALL
    -- What the program's role could do outside of its tables.
    SELECT 'role etalase:'
           || CASE WHEN u.rolsuper THEN ' superuser' ELSE '' END
           || CASE WHEN u.rolbypassrls THEN ' bypassrls' ELSE '' END
           || CASE WHEN u.rolcreaterole THEN ' createrole' ELSE '' END
           || CASE WHEN u.rolcreatedb THEN ' createdb' ELSE '' END
           || CASE WHEN u.rolreplication THEN ' replication' ELSE '' END
           || CASE WHEN pg_catalog.has_database_privilege(
                             u.oid, pg_catalog.current_database(), 'CREATE')
                   THEN ' schemas' ELSE '' END
           || coalesce((SELECT ' objects-in-' || pg_catalog.min(n.nspname::text)
                          FROM pg_catalog.pg_namespace n
                         WHERE n.nspname !~ '^pg_'
                           AND pg_catalog.has_schema_privilege(u.oid, n.oid, 'CREATE')), '')
      FROM pg_catalog.pg_roles u
     WHERE u.rolname = 'etalase'
     UNION ALL
    SELECT 'role etalase: member of ' || pg_catalog.pg_get_userbyid(m.roleid)
      FROM pg_catalog.pg_auth_members m
      JOIN pg_catalog.pg_roles u ON u.oid = m.member
     WHERE u.rolname = 'etalase'
)
SELECT line FROM lines ORDER BY line COLLATE "C";
