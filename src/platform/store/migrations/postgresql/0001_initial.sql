-- The spec's tables by the spec's names and columns, each with what sharing and versions need besides.
-- Documents that the program reads back whole are JSON, so that their members keep their order; the
-- spec's own documents are JSONB. The spec's VARCHAR is TEXT, which is the same without a length, so that
-- a parameter used twice in a statement is of one type.

-- People and workspaces -------------------------------------------------------------------------------

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT UNIQUE NOT NULL,               -- trimmed, lower case
    full_name TEXT NOT NULL,
    hashed_password TEXT NOT NULL,            -- Argon2id, in its own text form
    is_active BOOLEAN NOT NULL DEFAULT TRUE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    password_changed_at TIMESTAMPTZ,
    owns_install BOOLEAN NOT NULL DEFAULT FALSE
);
-- One account at most owns the install.
CREATE UNIQUE INDEX idx_users_owner ON users(owns_install) WHERE owns_install;

CREATE TABLE workspaces (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    settings JSON NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE TABLE workspace_members (
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'admin', 'owner')),
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (workspace_id, user_id)
);
CREATE INDEX idx_workspace_members_user ON workspace_members(user_id, created_at);

CREATE TABLE invites (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    email TEXT,                               -- only this address may use it; NULL: whoever has it
    role TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
    token_hash TEXT UNIQUE NOT NULL,
    created_by TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    expires_at TIMESTAMPTZ NOT NULL,
    accepted_at TIMESTAMPTZ,
    accepted_by TEXT REFERENCES users(id) ON DELETE SET NULL
);
CREATE INDEX idx_invites_workspace ON invites(workspace_id, created_at);
CREATE INDEX idx_invites_created_by ON invites(created_by);
CREATE INDEX idx_invites_accepted_by ON invites(accepted_by);

CREATE TABLE refresh_tokens (
    id TEXT PRIMARY KEY,
    family TEXT NOT NULL,                     -- one log-in; all its tokens die together
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    token_hash TEXT UNIQUE NOT NULL,
    user_agent TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    expires_at TIMESTAMPTZ NOT NULL,
    rotated_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX idx_refresh_tokens_family ON refresh_tokens(family);
CREATE INDEX idx_refresh_tokens_user ON refresh_tokens(user_id);
CREATE INDEX idx_refresh_tokens_workspace ON refresh_tokens(workspace_id);
CREATE INDEX idx_refresh_tokens_expires ON refresh_tokens(expires_at);

-- Failed log-ins in a row, by "account:<e-mail>", whether there is such an account or not, and by
-- "address:<network address>".
CREATE TABLE login_failures (
    subject TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    first_at TIMESTAMPTZ NOT NULL,
    locked_until TIMESTAMPTZ
);
CREATE INDEX idx_login_failures_first ON login_failures(first_at);

CREATE TABLE install_settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Data ------------------------------------------------------------------------------------------------

CREATE TABLE semantic_models (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT,
    schema_definition JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    source_id TEXT,
    version BIGINT NOT NULL DEFAULT 1            -- of the model: each edit makes the next
);
CREATE INDEX idx_semantic_models_workspace ON semantic_models(workspace_id, created_at, id);
CREATE INDEX idx_semantic_models_source ON semantic_models(source_id);

CREATE TABLE semantic_model_history (
    model_id TEXT NOT NULL REFERENCES semantic_models(id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    schema_definition JSON NOT NULL,
    note TEXT,                                   -- what was changed, in words
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,  -- NULL: the program itself
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (model_id, version)
);
CREATE INDEX idx_semantic_model_history_user ON semantic_model_history(user_id);

CREATE TABLE uploaded_files (
    id TEXT PRIMARY KEY,
    filename TEXT NOT NULL,
    original_filename TEXT NOT NULL,
    file_type TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    file_path TEXT NOT NULL,                  -- relative to the workspace's folder
    processing_status TEXT NOT NULL DEFAULT 'pending'
        CHECK (processing_status IN ('pending', 'processing', 'completed', 'failed')),
    extracted_data JSONB,
    file_metadata JSONB NOT NULL DEFAULT '{}',
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    semantic_model_id TEXT REFERENCES semantic_models(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL DEFAULT '',
    source_id TEXT,                           -- the source that it became or was added to
    error JSON,                                  -- {code, message, hint, detail} when failed
    progress_stage TEXT NOT NULL DEFAULT '',
    progress_bytes BIGINT NOT NULL DEFAULT 0,
    progress_rows BIGINT NOT NULL DEFAULT 0,
    progress_fraction DOUBLE PRECISION NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    deleted_at TIMESTAMPTZ
);
CREATE INDEX idx_user_files ON uploaded_files(user_id);
CREATE INDEX idx_file_status ON uploaded_files(processing_status);
CREATE INDEX idx_uploaded_files_workspace ON uploaded_files(workspace_id, created_at, id);
CREATE INDEX idx_uploaded_files_model ON uploaded_files(semantic_model_id);
CREATE INDEX idx_uploaded_files_source ON uploaded_files(source_id);
CREATE INDEX idx_uploaded_files_content ON uploaded_files(workspace_id, sha256);

CREATE TABLE data_source_registry (
    id TEXT PRIMARY KEY,
    source_id TEXT UNIQUE NOT NULL,
    source_name TEXT NOT NULL,
    source_type TEXT NOT NULL,
    data_type TEXT NOT NULL,
    schema_info JSONB NOT NULL DEFAULT '{}',
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    semantic_model_id TEXT REFERENCES semantic_models(id) ON DELETE SET NULL,
    status TEXT NOT NULL DEFAULT 'available',
    feature_integrations JSONB NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    current_version BIGINT NOT NULL DEFAULT 0    -- 0: none published yet
);
CREATE INDEX idx_data_source_registry_workspace ON data_source_registry(workspace_id, created_at, id);
CREATE INDEX idx_data_source_registry_user ON data_source_registry(user_id);
CREATE INDEX idx_data_source_registry_model ON data_source_registry(semantic_model_id);

CREATE TABLE source_versions (
    source_id TEXT NOT NULL REFERENCES data_source_registry(source_id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    path TEXT NOT NULL,                       -- DuckDB file, relative to the workspace's folder
    tables JSON NOT NULL DEFAULT '[]',
    load_report JSON NOT NULL DEFAULT '{}',
    profiles JSON NOT NULL DEFAULT '[]',
    suggested_questions JSON NOT NULL DEFAULT '[]',
    rows BIGINT NOT NULL DEFAULT 0,
    bytes BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (source_id, version)
);

-- What is made from data -----------------------------------------------------------------------------

CREATE TABLE queries (
    id TEXT PRIMARY KEY,
    name TEXT,                                -- NULL: a run that nobody saved
    sql_query TEXT NOT NULL,
    execution_time DOUBLE PRECISION,             -- seconds
    row_count BIGINT,
    status TEXT NOT NULL DEFAULT 'pending',
    error_message TEXT,
    result_data JSONB,
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    model_id TEXT REFERENCES semantic_models(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    description TEXT,
    tags JSON NOT NULL DEFAULT '[]',
    parameters JSON NOT NULL DEFAULT '{}',
    source_tables JSON NOT NULL DEFAULT '[]',
    versions_read JSON NOT NULL DEFAULT '{}',    -- {source_id: version} of the last run
    saved_query_id TEXT REFERENCES queries(id) ON DELETE SET NULL,  -- this is a run of that one
    deleted_at TIMESTAMPTZ
);
CREATE INDEX idx_queries_workspace ON queries(workspace_id, created_at, id);
CREATE INDEX idx_queries_user ON queries(user_id);
CREATE INDEX idx_queries_model ON queries(model_id);
CREATE INDEX idx_queries_saved_query ON queries(saved_query_id, created_at);

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    title TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_conversations_workspace ON conversations(workspace_id, updated_at, id);
CREATE INDEX idx_conversations_user ON conversations(user_id, updated_at);

CREATE TABLE conversation_turns (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    ordinal BIGINT NOT NULL,
    question TEXT NOT NULL,
    answer JSON NOT NULL,
    logical JSON,                                -- the reading that the next turn starts from
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    UNIQUE (conversation_id, ordinal)
);

CREATE TABLE dashboards (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT,
    layout JSONB NOT NULL DEFAULT '{}',
    widgets JSONB NOT NULL DEFAULT '[]',
    data_sources JSONB NOT NULL DEFAULT '[]',
    is_public BOOLEAN NOT NULL DEFAULT FALSE,
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    revision BIGINT NOT NULL DEFAULT 1,
    deleted_at TIMESTAMPTZ
);
CREATE INDEX idx_dashboards_workspace ON dashboards(workspace_id, created_at, id);
CREATE INDEX idx_dashboards_user ON dashboards(user_id);

CREATE TABLE insights (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    description TEXT,
    insight_type TEXT NOT NULL,
    insights JSONB NOT NULL DEFAULT '[]',
    visualizations JSONB NOT NULL DEFAULT '[]',
    recommendations JSONB NOT NULL DEFAULT '[]',
    confidence_score DOUBLE PRECISION NOT NULL DEFAULT 0,
    data_source_id TEXT,
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE
);
CREATE INDEX idx_insights_workspace ON insights(workspace_id, created_at, id);
CREATE INDEX idx_insights_source ON insights(data_source_id);
CREATE INDEX idx_insights_user ON insights(user_id);

-- Integration -----------------------------------------------------------------------------------------

CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    feature TEXT,
    data JSONB NOT NULL DEFAULT '{}',
    user_id TEXT REFERENCES users(id) ON DELETE CASCADE,  -- NULL: for the whole workspace
    read BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE
);
CREATE INDEX idx_notifications_workspace ON notifications(workspace_id, created_at, id);
CREATE INDEX idx_notifications_user ON notifications(user_id, read);

CREATE TABLE integration_stats (
    id TEXT PRIMARY KEY,
    metric_name TEXT NOT NULL,
    metric_value DOUBLE PRECISION NOT NULL,
    metric_type TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    workspace_id TEXT REFERENCES workspaces(id) ON DELETE CASCADE  -- NULL: of the whole install
);
CREATE INDEX idx_integration_stats_metric ON integration_stats(metric_name, recorded_at);
CREATE INDEX idx_integration_stats_workspace ON integration_stats(workspace_id);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    workspace_id TEXT REFERENCES workspaces(id) ON DELETE CASCADE,
    subject TEXT NOT NULL DEFAULT '',         -- what it is about, e.g. a file's id
    payload JSON NOT NULL DEFAULT '{}',
    status TEXT NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    stage TEXT NOT NULL DEFAULT '',
    state JSON NOT NULL DEFAULT '{}',            -- what a later attempt needs of an earlier one
    attempt INTEGER NOT NULL DEFAULT 0,
    max_attempts INTEGER NOT NULL DEFAULT 3,
    lease_owner TEXT,
    lease_until TIMESTAMPTZ,
    fence BIGINT NOT NULL DEFAULT 0,             -- grows with every claim; older holders are refused
    progress DOUBLE PRECISION NOT NULL DEFAULT 0,
    error JSON,
    run_after TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_jobs_due ON jobs(status, run_after);
CREATE INDEX idx_jobs_workspace ON jobs(workspace_id, created_at);
CREATE INDEX idx_jobs_subject ON jobs(subject);

-- One sequence per workspace; its last number is kept apart, so that pruning never reuses one.
CREATE TABLE event_sequences (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces(id) ON DELETE CASCADE,
    last_seq BIGINT NOT NULL
);

CREATE TABLE events (
    workspace_id TEXT NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    type TEXT NOT NULL,
    source_id TEXT,
    data JSON NOT NULL DEFAULT 'null',
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX idx_events_created ON events(created_at);

-- One row per transaction of the last hour: tells whether a commit took effect whose answer was lost.
CREATE TABLE transaction_tokens (
    token TEXT PRIMARY KEY,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
CREATE INDEX idx_transaction_tokens_created ON transaction_tokens(created_at);
