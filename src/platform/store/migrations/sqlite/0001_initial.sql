-- The spec's tables by the spec's names and columns, each with what sharing and versions need besides.
-- Times are RFC 3339 UTC text with milliseconds, truth values 0 and 1, documents JSON text. Tables are
-- STRICT, so that a value of the wrong type is refused here as PostgreSQL refuses it.

-- People and workspaces -------------------------------------------------------------------------------

CREATE TABLE users (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT UNIQUE NOT NULL,  -- trimmed, lower case
    full_name TEXT NOT NULL,
    hashed_password TEXT NOT NULL,  -- Argon2id, in its own text form
    is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    password_changed_at TEXT,
    owns_install INTEGER NOT NULL DEFAULT 0 CHECK (owns_install IN (0, 1))
) STRICT;
-- One account at most owns the install.
CREATE UNIQUE INDEX idx_users_owner ON users(owns_install) WHERE owns_install;

CREATE TABLE workspaces (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE workspace_members (
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'admin', 'owner')),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (workspace_id, user_id)
) STRICT;
CREATE INDEX idx_workspace_members_user ON workspace_members(user_id, created_at);

CREATE TABLE invites (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    email TEXT,  -- only this address may use it; NULL: whoever has it
    role TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
    token_hash TEXT UNIQUE NOT NULL,
    created_by TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    expires_at TEXT NOT NULL,
    accepted_at TEXT,
    accepted_by TEXT REFERENCES users(id) ON DELETE SET NULL
) STRICT;
CREATE INDEX idx_invites_workspace ON invites(workspace_id, created_at);
CREATE INDEX idx_invites_created_by ON invites(created_by);
CREATE INDEX idx_invites_accepted_by ON invites(accepted_by);

CREATE TABLE refresh_tokens (
    id TEXT PRIMARY KEY NOT NULL,
    family TEXT NOT NULL,  -- one log-in; all its tokens die together
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    token_hash TEXT UNIQUE NOT NULL,
    user_agent TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    expires_at TEXT NOT NULL,
    rotated_at TEXT,
    revoked_at TEXT
) STRICT;
CREATE INDEX idx_refresh_tokens_family ON refresh_tokens(family);
CREATE INDEX idx_refresh_tokens_user ON refresh_tokens(user_id);
CREATE INDEX idx_refresh_tokens_workspace ON refresh_tokens(workspace_id);
CREATE INDEX idx_refresh_tokens_expires ON refresh_tokens(expires_at);

-- Failed log-ins in a row, by "account:<e-mail>", whether there is such an account or not, and by
-- "address:<network address>".
CREATE TABLE login_failures (
    subject TEXT PRIMARY KEY NOT NULL,
    failures INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    locked_until TEXT
) STRICT;
CREATE INDEX idx_login_failures_first ON login_failures(first_at);

CREATE TABLE install_settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

-- Data ------------------------------------------------------------------------------------------------

CREATE TABLE semantic_models (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    schema_definition TEXT NOT NULL CHECK (json_valid(schema_definition)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    source_id TEXT,
    version INTEGER NOT NULL DEFAULT 1  -- of the model: each edit makes the next
) STRICT;
CREATE INDEX idx_semantic_models_workspace ON semantic_models(workspace_id, created_at, id);
CREATE INDEX idx_semantic_models_source ON semantic_models(source_id);

CREATE TABLE semantic_model_history (
    model_id TEXT NOT NULL REFERENCES semantic_models(id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    schema_definition TEXT NOT NULL CHECK (json_valid(schema_definition)),
    note TEXT,  -- what was changed, in words
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,  -- NULL: the program itself
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (model_id, version)
) STRICT;
CREATE INDEX idx_semantic_model_history_user ON semantic_model_history(user_id);

CREATE TABLE uploaded_files (
    id TEXT PRIMARY KEY NOT NULL,
    filename TEXT NOT NULL,
    original_filename TEXT NOT NULL,
    file_type TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    file_path TEXT NOT NULL,  -- relative to the workspace's folder
    processing_status TEXT NOT NULL DEFAULT 'pending'
        CHECK (processing_status IN ('pending', 'processing', 'completed', 'failed')),
    extracted_data TEXT CHECK (extracted_data IS NULL OR json_valid(extracted_data)),
    file_metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(file_metadata)),
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    semantic_model_id TEXT REFERENCES semantic_models(id) ON DELETE SET NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL DEFAULT '',
    source_id TEXT,  -- the source that it became or was added to
    error TEXT CHECK (error IS NULL OR json_valid(error)),  -- {code, message, hint, detail} when failed
    progress_stage TEXT NOT NULL DEFAULT '',
    progress_bytes INTEGER NOT NULL DEFAULT 0,
    progress_rows INTEGER NOT NULL DEFAULT 0,
    progress_fraction REAL NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    deleted_at TEXT
) STRICT;
CREATE INDEX idx_user_files ON uploaded_files(user_id);
CREATE INDEX idx_file_status ON uploaded_files(processing_status);
CREATE INDEX idx_uploaded_files_workspace ON uploaded_files(workspace_id, created_at, id);
CREATE INDEX idx_uploaded_files_model ON uploaded_files(semantic_model_id);
CREATE INDEX idx_uploaded_files_source ON uploaded_files(source_id);
CREATE INDEX idx_uploaded_files_content ON uploaded_files(workspace_id, sha256);

CREATE TABLE data_source_registry (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT UNIQUE NOT NULL,
    source_name TEXT NOT NULL,
    source_type TEXT NOT NULL,
    data_type TEXT NOT NULL,
    schema_info TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(schema_info)),
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    semantic_model_id TEXT REFERENCES semantic_models(id) ON DELETE SET NULL,
    status TEXT NOT NULL DEFAULT 'available',
    feature_integrations TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(feature_integrations)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    current_version INTEGER NOT NULL DEFAULT 0  -- 0: none published yet
) STRICT;
CREATE INDEX idx_data_source_registry_workspace ON data_source_registry(workspace_id, created_at, id);
CREATE INDEX idx_data_source_registry_user ON data_source_registry(user_id);
CREATE INDEX idx_data_source_registry_model ON data_source_registry(semantic_model_id);

CREATE TABLE source_versions (
    source_id TEXT NOT NULL REFERENCES data_source_registry(source_id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    path TEXT NOT NULL,  -- DuckDB file, relative to the workspace's folder
    tables TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tables)),
    load_report TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(load_report)),
    profiles TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(profiles)),
    suggested_questions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(suggested_questions)),
    rows INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (source_id, version)
) STRICT;

-- What is made from data -----------------------------------------------------------------------------

CREATE TABLE queries (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT,  -- NULL: a run that nobody saved
    sql_query TEXT NOT NULL,
    execution_time REAL,  -- seconds
    row_count INTEGER,
    status TEXT NOT NULL DEFAULT 'pending',
    error_message TEXT,
    result_data TEXT CHECK (result_data IS NULL OR json_valid(result_data)),
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    model_id TEXT REFERENCES semantic_models(id) ON DELETE SET NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    description TEXT,
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
    parameters TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters)),
    source_tables TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(source_tables)),
    versions_read TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(versions_read)),  -- {source_id: version} of the last run
    saved_query_id TEXT REFERENCES queries(id) ON DELETE SET NULL,  -- this is a run of that one
    deleted_at TEXT
) STRICT;
CREATE INDEX idx_queries_workspace ON queries(workspace_id, created_at, id);
CREATE INDEX idx_queries_user ON queries(user_id);
CREATE INDEX idx_queries_model ON queries(model_id);
CREATE INDEX idx_queries_saved_query ON queries(saved_query_id, created_at);

CREATE TABLE conversations (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    title TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
CREATE INDEX idx_conversations_workspace ON conversations(workspace_id, updated_at, id);
CREATE INDEX idx_conversations_user ON conversations(user_id, updated_at);

CREATE TABLE conversation_turns (
    id TEXT PRIMARY KEY NOT NULL,
    conversation_id TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (json_valid(answer)),
    logical TEXT CHECK (logical IS NULL OR json_valid(logical)),  -- the reading that the next turn starts from
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (conversation_id, ordinal)
) STRICT;

CREATE TABLE dashboards (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    layout TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(layout)),
    widgets TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(widgets)),
    data_sources TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(data_sources)),
    is_public INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1)),
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    revision INTEGER NOT NULL DEFAULT 1,
    deleted_at TEXT
) STRICT;
CREATE INDEX idx_dashboards_workspace ON dashboards(workspace_id, created_at, id);
CREATE INDEX idx_dashboards_user ON dashboards(user_id);

CREATE TABLE insights (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    description TEXT,
    insight_type TEXT NOT NULL,
    insights TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(insights)),
    visualizations TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(visualizations)),
    recommendations TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(recommendations)),
    confidence_score REAL NOT NULL DEFAULT 0,
    data_source_id TEXT,
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE
) STRICT;
CREATE INDEX idx_insights_workspace ON insights(workspace_id, created_at, id);
CREATE INDEX idx_insights_source ON insights(data_source_id);
CREATE INDEX idx_insights_user ON insights(user_id);

-- Integration -----------------------------------------------------------------------------------------

CREATE TABLE notifications (
    id TEXT PRIMARY KEY NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    feature TEXT,
    data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
    user_id TEXT REFERENCES users(id) ON DELETE CASCADE,  -- NULL: for the whole workspace
    read INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE
) STRICT;
CREATE INDEX idx_notifications_workspace ON notifications(workspace_id, created_at, id);
CREATE INDEX idx_notifications_user ON notifications(user_id, read);

CREATE TABLE integration_stats (
    id TEXT PRIMARY KEY NOT NULL,
    metric_name TEXT NOT NULL,
    metric_value REAL NOT NULL,
    metric_type TEXT NOT NULL,
    recorded_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    workspace_id TEXT REFERENCES workspaces(id) ON DELETE CASCADE  -- NULL: of the whole install
) STRICT;
CREATE INDEX idx_integration_stats_metric ON integration_stats(metric_name, recorded_at);
CREATE INDEX idx_integration_stats_workspace ON integration_stats(workspace_id);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    workspace_id TEXT REFERENCES workspaces(id) ON DELETE CASCADE,
    subject TEXT NOT NULL DEFAULT '',  -- what it is about, e.g. a file's id
    payload TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(payload)),
    status TEXT NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    stage TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(state)),  -- what a later attempt needs of an earlier one
    attempt INTEGER NOT NULL DEFAULT 0,
    max_attempts INTEGER NOT NULL DEFAULT 3,
    lease_owner TEXT,
    lease_until TEXT,
    fence INTEGER NOT NULL DEFAULT 0,  -- grows with every claim; older holders are refused
    progress REAL NOT NULL DEFAULT 0,
    error TEXT CHECK (error IS NULL OR json_valid(error)),
    run_after TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
CREATE INDEX idx_jobs_due ON jobs(status, run_after);
CREATE INDEX idx_jobs_workspace ON jobs(workspace_id, created_at);
CREATE INDEX idx_jobs_subject ON jobs(subject);

-- One sequence per workspace; its last number is kept apart, so that pruning never reuses one.
CREATE TABLE event_sequences (
    workspace_id TEXT PRIMARY KEY NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    last_seq INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    source_id TEXT,
    data TEXT NOT NULL DEFAULT 'null' CHECK (json_valid(data)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (workspace_id, seq)
) STRICT;
CREATE INDEX idx_events_created ON events(created_at);
