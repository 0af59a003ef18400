-- Saved queries with their versions and schedules, runs with what they came from, limits of a workspace.

ALTER TABLE queries ADD COLUMN reference TEXT;  -- FROM saved.<reference>; NULL for runs
ALTER TABLE queries ADD COLUMN folder TEXT NOT NULL DEFAULT '';  -- path with /, '' is the top
ALTER TABLE queries ADD COLUMN shared BOOLEAN NOT NULL DEFAULT FALSE;  -- seen by the workspace
ALTER TABLE queries ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE queries ADD COLUMN parameter_definitions JSON NOT NULL DEFAULT '[]';
ALTER TABLE queries ADD COLUMN reading JSON;
ALTER TABLE queries ADD COLUMN chart JSON;
-- Of runs.
ALTER TABLE queries ADD COLUMN cached BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE queries ADD COLUMN started_by TEXT NOT NULL DEFAULT 'person' CHECK (started_by IN ('person', 'schedule'));
ALTER TABLE queries ADD COLUMN saved_version BIGINT;  -- the version of the saved query that ran
ALTER TABLE queries ADD COLUMN run_request JSON;  -- what was sent to the engine

CREATE UNIQUE INDEX idx_queries_reference ON queries(workspace_id, reference) WHERE reference IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX idx_queries_saved ON queries(workspace_id, updated_at, id) WHERE name IS NOT NULL;
CREATE INDEX idx_queries_runs ON queries(workspace_id, user_id, id) WHERE name IS NULL;

CREATE TABLE query_versions (
    query_id TEXT NOT NULL REFERENCES queries(id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    sql_query TEXT NOT NULL,
    parameter_definitions JSON NOT NULL DEFAULT '[]',
    reading JSON,
    chart JSON,
    user_id TEXT REFERENCES users(id) ON DELETE SET NULL,  -- who made it
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (query_id, version)
);
CREATE INDEX idx_query_versions_user ON query_versions(user_id);

CREATE TABLE query_schedules (
    query_id TEXT PRIMARY KEY NOT NULL REFERENCES queries(id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,  -- in whose name it runs
    frequency TEXT NOT NULL CHECK (frequency IN ('hourly', 'daily', 'weekly', 'monthly')),
    minute BIGINT NOT NULL DEFAULT 0,
    hour BIGINT NOT NULL DEFAULT 0,
    weekday BIGINT NOT NULL DEFAULT 1,  -- 1 Monday … 7
    day BIGINT NOT NULL DEFAULT 1,  -- of the month, 1 … 28
    parameters JSON NOT NULL DEFAULT '{}',
    enabled BOOLEAN NOT NULL DEFAULT TRUE,
    revision TEXT NOT NULL,  -- changes with every edit; jobs of an older one do nothing
    next_run_at TIMESTAMPTZ NOT NULL,
    last_run_at TIMESTAMPTZ
);
CREATE INDEX idx_query_schedules_user ON query_schedules(user_id);

CREATE TABLE query_limits (  -- NULL: the server's setting
    workspace_id TEXT PRIMARY KEY NOT NULL REFERENCES workspaces(id) ON DELETE CASCADE,
    concurrent_queries BIGINT,
    max_rows BIGINT,
    max_seconds BIGINT
);
